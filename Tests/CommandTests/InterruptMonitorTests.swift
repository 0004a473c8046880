import Foundation
import Testing

/// Signals to commands: where they arrive, and how the command ends.
@Suite struct InterruptMonitorTests {
  /// A run that goes on until it is told to stop.
  private static let endless =
    ReviewSamples.pretrain + "1000000 --log-interval 1 --nhid 64 --batch-size 32 --threads 2"

  /// Waits for the first steps, calls `body`, and collects what became of the run.
  private func whileTraining(
    _ command: String? = nil, _ body: (RunningCommand) throws -> Void
  ) throws -> CommandBench.Outcome {
    var outcome: CommandBench.Outcome?
    try ReviewSamples.use { bench in
      let words = Self.endless.split(separator: " ").map(String.init)
      let run =
        try command.map {
          let program = try CommandBench.executable(words[0]).path
          return try bench.start("/bin/bash", ["-c", $0 + " '\(program)' " + words.dropFirst().joined(separator: " ")])
        } ?? bench.start(words[0], Array(words.dropFirst()))
      #expect(run.wait(upTo: 60) { run.errors.contains("| step 2/") }, "\(run.errors)")
      try body(run)
      outcome = try run.finish(timeout: 60)
    }
    return try #require(outcome)
  }

  /// A handler would run on the stack of a thread that computes, which may not be where the stack pointer is.
  @Test func noThreadThatComputesTakesASignal() throws {
    let outcome = try whileTraining { run in
      let folder = "/proc/\(run.process.processIdentifier)/task"
      let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(threads.count >= 3, "two that compute and one that waits for signals")
      var waiting = 0
      for thread in threads {
        let status = try String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8)
        func mask(_ name: String) throws -> UInt64 {
          let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name + ":") })
          return try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
        }
        func bits(_ signals: [Int32]) -> UInt64 { signals.reduce(0) { $0 | 1 << UInt64($1 - 1) } }
        let stopping = bits([SIGINT, SIGTERM, SIGHUP])
        #expect(try mask("SigCgt") & (stopping | bits([SIGQUIT])) == 0, "no handler")
        #expect(try mask("SigBlk") & bits([SIGQUIT]) == 0)
        if try mask("SigBlk") & stopping != stopping { waiting += 1 }
      }
      #expect(waiting == 1, "only the thread that waits for signals")
      run.interrupt()
    }
    #expect(!outcome.wasKilled && outcome.status == 130)
    #expect(outcome.errors.contains("\nStopping as soon as what was done is saved; once more to leave at once.\n"))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func eachSignalSavesAndHasItsCode(signal: Int32) throws {
    let outcome = try whileTraining { kill($0.process.processIdentifier, signal) }
    #expect(!outcome.wasKilled && outcome.status == 128 + signal, "\(outcome.errors)")
    #expect(outcome.errors.contains("to go on: "))
  }

  @Test func quitEndsAtOnce() throws {
    let outcome = try whileTraining { kill($0.process.processIdentifier, SIGQUIT) }
    #expect(outcome.wasKilled && outcome.status == SIGQUIT)
  }

  /// `timeout` sends its signal twice, and a closed terminal sends SIGHUP as its shell does.
  @Test(arguments: [[SIGTERM, SIGTERM], [SIGHUP, SIGHUP], [SIGTERM, SIGHUP]])
  func anEchoIsNotASecondSignal(signals: [Int32]) throws {
    let outcome = try whileTraining { run in
      for signal in signals { kill(run.process.processIdentifier, signal) }
    }
    #expect(outcome.errors.contains("to go on: "), "\(outcome.status) \(outcome.errors)")
  }

  @Test func anIgnoredSignalStaysIgnored() throws {
    let outcome = try whileTraining("trap '' INT HUP; exec") { run in
      let seen = run.errors.count
      kill(run.process.processIdentifier, SIGINT)
      kill(run.process.processIdentifier, SIGHUP)
      #expect(run.wait(upTo: 20) { run.errors.count > seen + 500 })
      #expect(!run.errors.contains("Stopping"))
      kill(run.process.processIdentifier, SIGTERM)
    }
    #expect(outcome.status == 143)
  }

  /// Nothing is to be saved while a command waits for its texts.
  @Test(arguments: [false, true])
  func aStopEndsAWaitForAPipe(hasWriter: Bool) throws {
    try ReviewSamples.useModel { bench in
      #expect(mkfifo(bench.path("pipe"), 0o600) == 0)
      let writer = hasWriter ? open(bench.path("pipe"), O_RDWR) : -1
      defer { if writer >= 0 { close(writer) } }
      let before = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted()
      for line in [
        "pretrain --nhid 8 --data pipe --save new/m.safetensors", "pretrain --nhid 8 --data unsup.csv --valid pipe",
        "transfer --load lang_model.safetensors --data pipe",
        "run-classifier --load \(ReviewSamples.classifier) --data pipe", "generate --load pipe --gen-length 5",
        "pretrain --dry-run --data pipe", "sentiment-tools shard --input pipe --output shards",
      ] {
        let words = line.split(separator: " ").map(String.init)
        let run = try bench.start(words[0], Array(words.dropFirst()))
        usleep(400_000)
        // Models are not waited for.
        if run.process.isRunning {
          kill(run.process.processIdentifier, SIGTERM)
          let outcome = try run.finish(timeout: 10)
          #expect(!outcome.wasKilled && outcome.status == 143, "\(line): \(outcome.status) \(outcome.errors)")
        } else {
          #expect(try run.finish().status == 1, "\(line)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted() == before, "\(line)")
      }
    }
  }

  @Test func textsOnDiskAreNotTakenFromAPipe() throws {
    try ReviewSamples.use { bench in
      #expect(mkfifo(bench.path("pipe"), 0o600) == 0)
      for (options, sentence) in [
        ("--lazy --data pipe", "texts that stay on disk are read again and again"),
        ("--lazy --data unsup.csv --valid pipe", "texts that stay on disk are read again and again"),
        ("--shards --data pipe", "shards are read in turn, again and again"),
        ("--data pipe --test pipe", "it is named twice"),
      ] {
        let run = try bench.run("pretrain --nhid 8 --quiet " + options)
        #expect(run.status == 1)
        #expect(
          run.errors
            == "Error: pipe can be read only once, but \(sentence); save its texts in a file and name that\n")
      }
    }
  }
}
