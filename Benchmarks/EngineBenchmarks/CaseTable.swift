import Foundation
import Models
import Tensors

/// Measures cases with the instruction set in use, and prints a line for each as it is there.
struct CaseTable {
  /// Names of the cases.
  var names: Set<String>
  /// Whether to compare with PyTorch when `Benchmarks/run` has found a Python that has it.
  var comparesWithPyTorch: Bool
  /// Takes each line of the table.
  var show: (String) -> Void

  /// Measures all cases with so many threads.
  func measure(threads: Int) throws -> [Measurement] {
    _ = Engine(threads: threads)
    var twin = startTwin()
    var parts = [Engine().backend.name, "\(Engine.instructionSet) kernels", "threads: \(threads)"]
    if let twin { parts.append("against \(twin.description)") }
    show("\n" + parts.joined(separator: ", "))
    show(ResultTable.heading)
    var measurements: [Measurement] = []
    func add(_ measurement: Measurement) {
      measurements.append(measurement)
      show(ResultTable.line(measurement))
    }
    for limit in MachineLimit.allCases {
      add(Measurement(name: limit.name, value: limit.measure(seconds: 0.5) / 1e9, unit: limit.unit, fractionOfPeak: 1))
    }
    var remarks: [String] = []
    for example in BenchmarkCase.catalogue where names.contains(example.name) {
      let timer = try CaseTimer(example)
      try timer.measureRound()
      var answer: PyTorchTwin.Answer?
      do {
        answer = try twin?.measure(example)
      } catch {
        // Its next answer would be to this question.
        remarks.append("\(error) It is not asked again.")
        twin = nil
      }
      // Once more behind the twin, so that neither has the better moment.
      try timer.measureRound()
      let float32 = measurements.first { $0.name == example.float32Name }
      add(timer.measurement(float32: float32, twin: answer?.charactersPerSecond))
      if let answer { remarks.append("\(example.name): \(answer.summary)") }
      BufferPool.shared.releaseIdleBlocks()
    }
    if names.contains(AllocationCount.name) { add(try AllocationCount.measure()) }
    if !remarks.isEmpty { show((["", "PyTorch:"] + remarks).joined(separator: "\n")) }
    return measurements
  }

  private func startTwin() -> PyTorchTwin? {
    guard comparesWithPyTorch, let python = ProcessInfo.processInfo.environment["SENTIMENT_TWIN_PYTHON"] else {
      return nil
    }
    do {
      return try PyTorchTwin(python: python, script: "Benchmarks/twin.py", threads: Engine.threadCount)
    } catch {
      show("no comparison with PyTorch: \(error)")
      return nil
    }
  }
}
