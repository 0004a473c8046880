import ArgumentParser
import Foundation
import Tensors

/// Measures the engine as ratios: to what the machine can do at that moment, and to PyTorch.
@main
struct EngineBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "EngineBenchmarks", abstract: "Measure the engine against the machine's limits and against PyTorch.")

  @Option(help: "Measure only these cases, separated by commas.")
  var only: String?

  @Flag(inversion: .prefixedNo, help: "Compare with PyTorch when it is there.")
  var pytorch = true

  @Option(help: "Threads; one for each processor otherwise.")
  var threads: Int?

  @Option(help: "The file to write.")
  var output = ".build/bench.json"

  @Flag(help: "Print the losses of four training steps instead, on the text and weights that are given.")
  var check = false

  @Flag(help: "Measure single products by each backend instead, as CSV.")
  var products = false

  @Argument(help: "With --check: a model file and a text.")
  var checked: [String] = []

  func validate() throws {
    guard checked.count == (check ? 2 : 0) else { throw ValidationError("--check needs a model file and a text.") }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1.") }
  }

  func run() throws {
    if let threads { _ = Engine(threads: threads) }
    if check {
      let losses = try TwinCheck.losses(modelPath: checked[0], text: checked[1])
      print(losses.map { String(format: "%.6f", $0) }.joined(separator: " "))
    } else if products {
      ProductBenchmark.run { show($0) }
    } else {
      try measure(try selection())
    }
  }

  /// Names of the chosen cases.
  private func selection() throws -> Set<String> {
    let known = Set(BenchmarkCase.catalogue.map(\.name) + [AllocationCount.name])
    guard let only else { return known }
    let names = Set(only.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    guard names.isSubset(of: known) else { throw BenchmarkError.unknownCases(names.subtracting(known).sorted()) }
    return names
  }

  private func measure(_ names: Set<String>) throws {
    var twin = startTwin()
    var parts = [Engine().backend.name, "\(Engine.instructionSet) kernels", "\(Engine.threadCount) threads"]
    if let twin { parts.append("against \(twin.description)") }
    show(parts.joined(separator: ", "))
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
    try Measurement.write(measurements, to: output)
    show("\nwritten to \(output)")
  }

  /// Prints a line at once, also into a pipe.
  private func show(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// The twin, when `Benchmarks/run` has found a Python that has PyTorch.
  private func startTwin() -> PyTorchTwin? {
    guard pytorch, let python = ProcessInfo.processInfo.environment["SENTIMENT_TWIN_PYTHON"] else { return nil }
    do {
      return try PyTorchTwin(python: python, script: "Benchmarks/twin.py", threads: Engine.threadCount)
    } catch {
      show("no comparison with PyTorch: \(error)")
      return nil
    }
  }
}
