import Checkpoints
import Formats
import Foundation
import Testing
import Training

/// Every command, told to stop at random moments with a model of 512 units, whose matrix products are those of real runs.
///
/// The seed of the moments is printed, so that a failure can be had again with `SENTIMENT_SEED`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SENTIMENT_TEST_ALL"] != nil, "takes minutes"))
struct InterruptedCommandTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let times = environment["SENTIMENT_INTERRUPTIONS"].flatMap { Int($0) } ?? 25
  private static let seed = environment["SENTIMENT_SEED"].flatMap { UInt32($0) } ?? UInt32.random(in: 0...9999)

  /// What a run says of which only the test was left when it was stopped.
  private static let nothingLeft = "the run has already taken"

  private static let codes: [(signal: Int32, code: Int32)] = [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)]

  /// Starts `line`, sends a signal after a random part of `seconds`, and checks the exit code.
  private static func interrupt(
    _ bench: CommandBench, _ line: String, within seconds: Double, _ generator: inout Generator
  ) throws -> CommandBench.Outcome {
    let (signal, code) = codes[Int(generator.next() % 3)]
    let words = line.split(separator: " ").map(String.init)
    let run = try bench.start(words[0], Array(words.dropFirst()), environment: ["SENTIMENT_KERNELS": "avx2"])
    usleep(UInt32(generator.share() * seconds * 1e6))
    kill(run.process.processIdentifier, signal)
    let outcome = try run.finish(timeout: 60)
    let isBeforeMain = outcome.wasKilled && outcome.status == signal
    #expect(
      outcome.status == 0 || isBeforeMain || (!outcome.wasKilled && outcome.status == code)
        || outcome.errors.contains(nothingLeft),
      "seed \(seed), \(line): signal \(signal), status \(outcome.status)\n\(outcome.errors)")
    let names = try #require(FileManager.default.enumerator(atPath: bench.folder.path))
    for case let name as String in names {
      #expect(!name.hasSuffix(".partial"), "seed \(seed), \(line): left \(name)")
    }
    return outcome
  }

  private static let training =
    "pretrain --nhid 512 --emsize 32 --batch-size 4 --seq-length 32 --data unsup.csv --eval-iters 2 --eval-batch-size 4 "
    + "--eval-seq-length 32 --train-iters 12 --epochs 3 --save-iters 5 --keep-checkpoints 0 --dropout 0.2 --threads 2 "
    + "--lr 0.002 "

  /// A run that is stopped again and again until it is done ends with the files of one that was not.
  @Test(arguments: ["onednn", "blas"])
  func pretrainEndsAsIfItHadNotBeenStopped(backend: String) throws {
    try ReviewSamples.use { bench in
      var generator = Generator(seed: Self.seed)
      let line = Self.training + "--backend \(backend) "
      let start = Date()
      let kernels = ["SENTIMENT_KERNELS": "avx2"]
      try bench.succeed(line + "--save whole.safetensors", environment: kernels)
      let seconds = Date().timeIntervalSince(start)
      var (stops, rounds) = (0, 0)
      while stops < Self.times {
        rounds += 1
        let save = "part-\(rounds).safetensors"
        let folder = CheckpointFolder(forSave: bench.path(save))
        var isDone = false
        while !isDone {
          let resumes = folder.newestResumable() != nil
          let more = line + "--save \(save)" + (resumes ? " --resume" : "")
          let outcome =
            stops < Self.times
            ? try Self.interrupt(bench, more, within: seconds / 2, &generator)
            : try bench.run(more, environment: kernels)
          isDone = outcome.status == 0 || outcome.errors.contains(Self.nothingLeft)
          if !isDone { stops += 1 }
          if let newest = folder.newestResumable() { _ = try ModelFile.read(newest) }
          #expect(stops <= Self.times || isDone, "\(outcome.errors)")
        }
        for name in [".safetensors", "/e36.safetensors", "/e36.optim.safetensors"] {
          // All but the list of checkpoints, which has those of the stops.
          #expect(
            try ReviewSamples.tensors(bench, "whole" + name) == ReviewSamples.tensors(bench, "part-\(rounds)" + name),
            "seed \(Self.seed): \(name)")
        }
      }
      print("\(stops) stops of pretrain (\(backend)) in \(rounds) runs, seed \(Self.seed)")
    }
  }

  @Test(arguments: ["onednn", "blas"])
  func theOtherCommandsLeaveNothingHalfWritten(backend: String) throws {
    try ReviewSamples.use { bench in
      var generator = Generator(seed: Self.seed)
      let kernels = ["SENTIMENT_KERNELS": "avx2"]
      try bench.succeed(
        Self.training.replacing("--train-iters 12 --epochs 3", with: "--train-iters 4") + "--save m.safetensors")
      let common = " --threads 2 --backend \(backend)"
      let transfer = "transfer --load m.safetensors --data train.csv --valid val.csv --batch-size 8" + common
      let classifier = "m_transfer/sentiment/classifier.safetensors"
      try bench.succeed(transfer, environment: kernels)
      var counts: [String: Int] = [:]
      for line in [
        transfer + " --save-results again",
        "run-classifier --load \(classifier) --data unsup.csv --batch-size 8 --save-probs p.npy --write-results t.csv"
          + common,
        "generate --load \(classifier) --gen-length 400 --seed 1 --heatmap --overwrite 1 --save g.txt" + common,
        "sentiment-tools convert m.safetensors half.safetensors --precision float16",
        "sentiment-tools make-sample-data --output samples",
      ] {
        let start = Date()
        let whole = try bench.run(line, environment: kernels)
        try #require(whole.status == 0, "\(line)\n\(whole.errors)")
        let seconds = Date().timeIntervalSince(start)
        for _ in 0..<Self.times {
          let outcome = try Self.interrupt(bench, line, within: seconds, &generator)
          if outcome.status != 0 { counts[String(line.prefix { $0 != " " }), default: 0] += 1 }
          if bench.exists("half.safetensors") { _ = try SafetensorsFile(path: bench.path("half.safetensors")) }
          if bench.exists("p.npy") { _ = try NumpyFile.read(bench.path("p.npy")) }
          _ = try ModelFile.read(bench.path(classifier))
        }
      }
      print("stops (\(backend)): \(counts.sorted { $0.key < $1.key }), seed \(Self.seed)")
    }
  }

  /// A linear congruential generator: moments that can be had again.
  private struct Generator {
    private var state: UInt64
    init(seed: UInt32) { state = UInt64(seed) }

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }

    mutating func share() -> Double { Double(next()) / Double(1 << 31) }
  }
}
