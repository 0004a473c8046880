import Foundation
import Testing

/// A short run of the fuzzer with every test run; `make fuzz` makes a million inputs for each reader.
@Suite struct FuzzShortRunTests {
  @Test func readersAndCleaningWithstandMutatedFiles() throws {
    try CommandBench.use { bench in
      let corpus = ImportTool.packageRoot.appendingPathComponent("Fuzzing/corpus").path
      let run = try bench.run("FuzzReaders --inputs 4000 --seed 20", ["--corpus", corpus])
      #expect(run.status == 0, "\(run.output)\(run.errors)")
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 10)
      #expect(lines.dropLast().allSatisfy { $0.contains("4000 inputs") && $0.contains(" 0 failures") })
    }
  }
}
