import Foundation
import Testing

@testable import ToolSupport

@Suite struct ConsoleTests {
  @Test(
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
      (false, ["CLICOLOR_FORCE": "1"], true), (false, ["CLICOLOR_FORCE": "0"], false),
      (true, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false), (true, ["TERM": "dumb"], false),
      (true, ["CLICOLOR": "0"], false), (true, ["TERM": "xterm-256color"], true),
    ] as [(Bool, [String: String], Bool)])
  func colours(_ row: (isTerminal: Bool, environment: [String: String], expected: Bool)) {
    #expect(Console.usesColor(isTerminal: row.isTerminal, environment: row.environment) == row.expected)
  }

  @Test func aPipeHasNoWidthOfItsOwn() throws {
    let pipe = Pipe()
    let stream = ConsoleStream(name: "a pipe", fileDescriptor: pipe.fileHandleForWriting.fileDescriptor)
    #expect(!stream.isTerminal && stream.terminalWidth == nil)
    #expect(Console.width(of: stream, environment: ["COLUMNS": "120"]) == 120)
    #expect(Console.width(of: stream, environment: ["COLUMNS": "-3"]) == 80)
    #expect(Console.width(of: stream, environment: [:]) == 80)
    try stream.writeLine("grüße")
    try pipe.fileHandleForWriting.close()
    #expect(try pipe.fileHandleForReading.readToEnd() == Data("grüße\n".utf8))
  }

  @Test func aStreamThatCannotBeWrittenSaysSo() {
    let stream = ConsoleStream(name: "standard output", fileDescriptor: -1)
    #expect(throws: ToolError.streamFailure(name: "standard output", reason: "bad file descriptor")) {
      try stream.write("x")
    }
    #expect(
      ToolError.streamFailure(name: "standard output", reason: "bad file descriptor").description
        == "Cannot write to standard output: bad file descriptor.")
  }

  @Test(
    arguments: [
      ("max 100000", nil), ("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("x", nil),
      ("0 100000", nil), ("100000 0", nil),
    ] as [(String, Int?)])
  func quotas(_ row: (text: String, cores: Int?)) {
    #expect(ProcessorCount.cores(inQuota: row.text) == row.cores)
  }

  @Test(arguments: [
    ("Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3,8\n", [0, 1, 2, 3, 8]),
    ("Cpus_allowed_list:\t5", [5]), ("Cpus_allowed_list:\t3-1,99999999999999999999", []), ("", []),
  ])
  func processors(_ row: (status: String, processors: [Int])) {
    #expect(ProcessorCount.processors(inStatus: row.status) == row.processors)
  }

  @Test func coresAreNoMoreThanProcessors() {
    let cores = ProcessorCount.usablePhysicalCores()
    #expect(cores >= 1 && cores <= ProcessInfo.processInfo.processorCount)
  }
}
