import ArgumentParser
import Checkpoints
import Foundation
import Testing
import ToolSupport

@Suite struct CommandRunnerTests {
  enum LibraryError: Error, CustomStringConvertible {
    case missingColumn
    var description: String { "reviews.csv has no column 'text'; it has label and sentence." }
  }

  /// Fails in `run()` in the way its argument names.
  struct Failing: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pretrain", version: PackageVersion.text)
    @Argument var way: String

    func run() throws {
      switch way {
      case "library": throw LibraryError.missingColumn
      case "system": _ = try Data(contentsOf: URL(filePath: "/nowhere/at/all"))
      case "posix": throw POSIXError(.ENOSPC)
      case "usage": throw ValidationError("--nhid 3 does not fit.")
      case "code": throw ExitCode(130)
      case "clean": throw CleanExit.message("nothing to do")
      case "pipe": throw ToolError.closedPipe
      case "print": for _ in 0..<100_000 { try Console.standardOutput.writeLine("a line") }
      default: break
      }
    }
  }

  private func outcome(_ words: String...) -> CommandOutcome {
    CommandRunner.execute(Failing.self, as: .sentimentTools, arguments: words) { _ in }
  }

  @Test func success() {
    #expect(outcome("well") == CommandOutcome(exitCode: 0))
  }

  @Test func libraryErrorsAreOneSentence() {
    #expect(
      outcome("library")
        == CommandOutcome(
          exitCode: 1, standardError: "Error: reviews.csv has no column 'text'; it has label and sentence."))
  }

  @Test func systemErrorsAreSentencesToo() {
    for way in ["system", "posix"] {
      let result = outcome(way)
      #expect(result.exitCode == 1)
      #expect(result.standardError.hasPrefix("Error: The ") || result.standardError.hasPrefix("Error: No space"))
      #expect(!result.standardError.contains("Domain"))
    }
  }

  @Test func usageErrorsKeepTheParsersText() {
    let result = outcome("usage")
    #expect(result.exitCode == 64)
    #expect(result.standardError.hasPrefix("Error: --nhid 3 does not fit.\nUsage: pretrain <way>\n"))
  }

  @Test func exitCodesPassThrough() {
    #expect(outcome("code") == CommandOutcome(exitCode: 130))
    #expect(outcome("clean") == CommandOutcome(exitCode: 0, standardOutput: "nothing to do"))
    #expect(outcome("pipe") == CommandOutcome(exitCode: 141))
  }

  @Test func versionListsTheEngine() {
    let outcome = CommandRunner.execute(
      Failing.self, as: .pretrain, arguments: ["--version"],
      engine: { ["BLAS": "OpenBLAS 0.3.21 (SkylakeX)", "threads": "2"] }, notice: { _ in })
    #expect(
      outcome
        == CommandOutcome(
          exitCode: 0,
          standardOutput: """
            pretrain 0.1.0
              BLAS:    OpenBLAS 0.3.21 (SkylakeX)
              threads: 2
            """))
  }

  /// One word that asks for text takes a shorter way, to the same text.
  @Test(arguments: ["--version", "--help", "-h"]) func aWordThatAsksForTextGetsItAsWithOtherOptions(_ word: String) {
    let outcomes = [[word], [word, "--seed", "1"]].map {
      CommandRunner.execute(Sample.Pretrain.self, as: .pretrain, arguments: $0) { _ in }
    }
    #expect(outcomes[0] == outcomes[1])
    #expect(outcomes[0].exitCode == 0)
    #expect(outcomes[0].standardOutput.contains(word == "--version" ? PackageVersion.text : "--batch-size"))
  }

  @Test func versionAloneNeedsNoEngine() {
    #expect(VersionText.render(command: .generate) == "generate 0.1.0")
  }

  @Test func versionAsAValueIsNoRequest() throws {
    let normalized = try CommandLineNormalizer.normalize(["--text=--version"], for: .generate)
    #expect(!normalized.requestsVersion)
  }

  @Test func aClosedPipeEndsQuietly() async throws {
    let result = try await #require(
      processExitsWith: .exitCode(141), observing: [\.standardErrorContent]
    ) {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { exit(9) }
      dup2(ends[1], STDOUT_FILENO)
      close(ends[0])
      signal(SIGPIPE, SIG_IGN)
      let outcome = CommandRunner.execute(Failing.self, as: .sentimentTools, arguments: ["print"]) { _ in }
      if !outcome.standardError.isEmpty { Console.note(outcome.standardError) }
      exit(outcome.exitCode)
    }
    #expect(!String(decoding: result.standardErrorContent, as: UTF8.self).contains("Error"))
  }
}
