import Checkpoints
import Formats
import Foundation
import Optimization
import Tensors
import Testing
import Training

/// Runs that are killed, told to stop, or run out of disk.
///
/// The long forms run under `make test-all`.
@Suite struct InterruptionTests {
  private static let runsAll = ProcessInfo.processInfo.environment["SENTIMENT_TEST_ALL"] != nil
  private static let needsAll: Comment = "takes minutes; make test-all runs it"

  /// Steps of some ten milliseconds, so that a kill can hit the middle of one.
  private static let line =
    "pretrain --data unsup.csv --nhid 96 --emsize 16 --batch-size 8 --seq-length 48 --lr 0.005 --clip 1 --eval-iters 2 "
    + "--eval-batch-size 2 --eval-seq-length 32 --threads 1 --log-interval 1 "

  // MARK: Killed

  /// Trains 60 steps; against that, is killed in the middle of step 31, resumes from the checkpoint of step 30 and
  /// finishes.
  ///
  /// Every file must be the same, byte for byte.
  private func killAndResume(_ options: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try ReviewSamples.use { bench in
      let run = Self.line + "--train-iters 60 --save-iters 30 --keep-checkpoints 0 --decay-style cosine " + options
      try bench.succeed(run + " --save whole.safetensors")
      let words = (run + " --save part.safetensors").split(separator: " ").map(String.init)
      let killed = try bench.start(words[0], Array(words.dropFirst()))
      let sawCheckpoint = killed.wait(upTo: 60) { killed.errors.contains("saved part/e30.safetensors") }
      #expect(sawCheckpoint, "\(killed.errors)", sourceLocation: sourceLocation)
      usleep(2000)
      kill(killed.process.processIdentifier, SIGKILL)
      let outcome = try killed.finish()
      #expect(outcome.wasKilled && outcome.status == SIGKILL, sourceLocation: sourceLocation)
      #expect(
        !bench.exists("part/e60.safetensors"), "the run was too fast to be killed", sourceLocation: sourceLocation)
      let resumed = try bench.succeed(run + " --save part.safetensors --resume")
      #expect(
        resumed.errors.contains("resuming part/e30.safetensors after step 30\n"), "\(resumed.errors)",
        sourceLocation: sourceLocation)
      for name in [
        ".safetensors", "/e30.safetensors", "/e30.optim.safetensors", "/e60.safetensors", "/e60.optim.safetensors",
      ] {
        #expect(
          try bench.data("whole" + name) == bench.data("part" + name), "\(options): \(name)",
          sourceLocation: sourceLocation)
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: bench.path("part"))
      #expect(!left.contains { $0.hasSuffix(".partial") }, sourceLocation: sourceLocation)
    }
  }

  @Test func aKilledRunResumesToTheSameBytes() throws {
    try killAndResume("--model mLSTM --dropout 0.2")
  }

  @Test(
    .enabled(if: runsAll, needsAll), arguments: ["mLSTM", "LSTM", "GRU", "ReLU", "Tanh"],
    [
      "", "--dropout 0.3 --nlayers 2", "--precision bfloat16", "--precision bfloat16 --dropout 0.3",
      "--fp16 --dynamic-loss-scale --loss-scale-window 7", "--fp16 --initial-loss-scale 1024 --dropout 0.3",
      "--optim AdamW --accumulation-steps 2 --dropout 0.3", "--chkpt-grad --dropout 0.3",
    ])
  func everyCellResumesToTheSameBytes(cell: String, options: String) throws {
    // At the rate of the others this cell's states grow past what half precision can hold.
    try killAndResume("--model \(cell) \(options)" + (cell == "ReLU" ? " --lr 0.0003" : ""))
  }

  // MARK: Told to stop

  /// A run that is started again and again and told to stop: the first time after its first checkpoint, so that there is
  /// one to lose, then at random moments.
  private func stop(times: Int) throws -> (saved: Int, early: Int) {
    var (saved, early) = (0, 0)
    try ReviewSamples.use { bench in
      var generator = SeededGenerator(seed: 1)
      let folder = CheckpointFolder(forSave: bench.path("lang_model.safetensors"))
      // Evaluations and checkpoints are a good part of such a run, so that signals hit them too.
      let line = Self.line + "--train-iters 20 --epochs 1000000 --save-iters 7 "
      for attempt in 0..<times {
        let words = (line + (attempt == 0 ? "" : "--resume")).split(separator: " ").map(String.init)
        let run = try bench.start(words[0], Array(words.dropFirst()))
        if attempt == 0 {
          let sawCheckpoint = run.wait(upTo: 60) { run.errors.contains("saved lang_model/e7.safetensors") }
          #expect(sawCheckpoint, "\(run.errors)")
        } else {
          usleep(UInt32.random(in: 0..<400_000, using: &generator))
        }
        kill(run.process.processIdentifier, SIGTERM)
        let outcome = try run.finish(timeout: 20)
        let isEarly = outcome.status != 0 && !outcome.errors.contains("| step ")
        if isEarly {
          // Before there was anything to save.
          #expect(outcome.status == (outcome.wasKilled ? SIGTERM : 143), "\(outcome.status)")
          early += 1
        } else {
          #expect(!outcome.wasKilled && outcome.status == 143, "\(outcome.errors)")
          #expect(outcome.errors.contains("to go on: "), "\(outcome.errors)")
          saved += 1
        }
        let newest = try #require(folder.newestResumable(), "a stop left no checkpoint")
        _ = try ModelFile.read(newest)
        _ = try SafetensorsFile(path: CheckpointFolder.statePath(besideModel: newest))
        if bench.exists("lang_model.safetensors") { _ = try ModelFile.read(bench.path("lang_model.safetensors")) }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.count <= 6 && !left.contains { $0.hasSuffix(".partial") }, "\(left)")
    }
    #expect(saved >= 1)
    return (saved, early)
  }

  @Test func aFewStopsLeaveLoadableCheckpoints() throws { _ = try stop(times: 4) }

  @Test(.enabled(if: runsAll, needsAll)) func aHundredStopsLeaveLoadableCheckpoints() throws {
    let counts = try stop(times: 100)
    print("100 SIGTERMs: \(counts.saved) saved and left, \(counts.early) ended before training began")
    #expect(counts.saved > 30)
  }

  @Test func aSecondSignalLeavesAtOnce() throws {
    try ReviewSamples.use { bench in
      try bench.write("sentence\n" + String(repeating: "A long text. ", count: 40_000) + "\n", to: "long.csv")
      let words = (Self.line + "--train-iters 1 --valid long.csv --eval-seq-length 100000 --eval-iters 1000")
        .split(separator: " ")
      let run = try bench.start("pretrain", words.dropFirst().map(String.init))
      #expect(run.wait(upTo: 20) { run.errors.contains("entering eval") })
      run.interrupt()
      usleep(20_000)
      run.interrupt()
      let outcome = try run.finish(timeout: 5)
      #expect(!outcome.wasKilled && outcome.status == 130)
    }
  }

  // MARK: Out of disk

  private static let small = line + "--save-iters 5 --keep-checkpoints 2 "

  private func expectOldOnesToStay(
    _ bench: CommandBench, _ start: () throws -> CommandBench.Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = CheckpointFolder(forSave: bench.path("disk/m.safetensors"))
    let before = try bench.snapshot().filter { $0.key.hasPrefix("disk/") }
    let outcome = try start()
    #expect(!outcome.wasKilled && outcome.status == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(
      outcome.errorLines.count == 1 && outcome.errors.contains("Error: cannot write "), "\(outcome.errors)",
      sourceLocation: sourceLocation)
    let after = try bench.snapshot().filter { $0.key.hasPrefix("disk/") }
    for (name, data) in before { #expect(after[name] == data, "\(name)", sourceLocation: sourceLocation) }
    #expect(after.keys.allSatisfy { !$0.hasSuffix(".partial") }, sourceLocation: sourceLocation)
    let newest = try #require(folder.newestResumable(), sourceLocation: sourceLocation)
    _ = try ModelFile.read(newest)
  }

  @Test func aFileThatMayNotGrowLeavesTheOldCheckpoint() throws {
    try ReviewSamples.use { bench in
      try FileManager.default.createDirectory(atPath: bench.path("disk"), withIntermediateDirectories: true)
      let run = Self.small + "--save disk/m.safetensors --train-iters "
      try bench.succeed(run + "10")
      try expectOldOnesToStay(bench) {
        let command = try CommandBench.executable("pretrain").path
        let words = (run + "20 --resume").split(separator: " ").dropFirst().joined(separator: " ")
        let limited = RunningShell("trap '' XFSZ; ulimit -f 64; exec '\(command)' \(words)", in: bench.folder)
        return try limited.finish()
      }
      try bench.succeed(run + "20 --resume")
    }
  }

  @Test func aFullDiskLeavesTheOldCheckpoint() throws {
    try ReviewSamples.use { bench in
      let disk = bench.path("disk")
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
      let run = Self.small + "--save disk/m.safetensors --train-iters "
      try bench.succeed(run + "10 --save-iters 10")
      let used = try bench.snapshot().filter { $0.key.hasPrefix("disk/") }.reduce(0) { $0 + $1.value.count }
      try FileManager.default.moveItem(atPath: disk, toPath: disk + ".kept")
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
      // Room for what is there and half a checkpoint more.
      let size = "size=\((used + used / 8) / 1024)k"
      guard try RunningShell("mount -t tmpfs -o \(size) tmpfs '\(disk)'", in: bench.folder).finish().status == 0 else {
        print("skipped: mounting a small file system needs the superuser")
        return
      }
      defer { _ = try? RunningShell("umount '\(disk)'", in: bench.folder).finish() }
      _ = try RunningShell("cp -a '\(disk).kept/.' '\(disk)/'", in: bench.folder).finish()
      try expectOldOnesToStay(bench) { try bench.run(run + "20 --resume") }
    }
  }
}

/// A shell command whose streams are gathered.
private struct RunningShell {
  private let process = Process()
  private let errors = FileManager.default.temporaryDirectory.appendingPathComponent("shell-\(UUID().uuidString)")

  init(_ script: String, in folder: URL) {
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
  }

  func finish() throws -> CommandBench.Outcome {
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return CommandBench.Outcome(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, output: "",
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self), outputData: Data())
  }
}
