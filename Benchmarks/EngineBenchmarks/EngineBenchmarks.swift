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

  @Option(help: "Measure only with this many threads; otherwise with one, and with one for each processor.")
  var threads: Int?

  @Option(help: "Measure only with these instruction sets, separated by commas; otherwise with all of the processor's.")
  var kernels: String?

  @Flag(help: .hidden)
  var asPart = false

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
      try measure(try selection(), with: try InstructionSets.chosen(kernels))
    }
  }

  /// Measures here what the process runs on, and anything else in processes of their own: a process keeps its kernels.
  private func measure(_ names: Set<String>, with instructionSets: [String]) throws {
    var measurements: [Measurement] = []
    if instructionSets == [Engine.instructionSet] {
      let table = CaseTable(names: names, comparesWithPyTorch: pytorch, show: show)
      for count in Set([1, Engine.threadCount]).sorted() where threads == nil || threads == count {
        measurements += try table.measure(threads: count)
      }
    } else {
      measurements = try instructionSets.flatMap { try measureInOwnProcess($0) }
    }
    try Measurement.write(measurements, to: output)
    if !asPart { show("\nwritten to \(output)") }
  }

  /// What this program measures when it is kept to an instruction set; it prints its own table.
  private func measureInOwnProcess(_ instructionSet: String) throws -> [Measurement] {
    let file = output + "." + instructionSet
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments =
      ["--as-part", "--output", file, pytorch ? "--pytorch" : "--no-pytorch"] + (only.map { ["--only", $0] } ?? [])
      + (threads.map { ["--threads", "\($0)"] } ?? [])
    process.environment = ProcessInfo.processInfo.environment.merging([InstructionSets.variable: instructionSet]) { $1 }
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw BenchmarkError.runFailed(kernels: instructionSet) }
    return try Measurement.read(file)
  }

  /// Names of the chosen cases.
  private func selection() throws -> Set<String> {
    let known = Set(BenchmarkCase.catalogue.map(\.name) + [AllocationCount.name])
    guard let only else { return known }
    let names = Set(only.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    guard names.isSubset(of: known) else { throw BenchmarkError.unknownCases(names.subtracting(known).sorted()) }
    return names
  }

  /// Prints a line at once, also into a pipe.
  private func show(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
