import Checkpoints
import Corpora
import Foundation
import Models
import TestSupport
import Testing

@testable import Training

/// Training on a list of files, one after the other.
@Suite struct ShardRunTests {
  private func configuration(_ folder: String) throws -> PretrainingConfiguration {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var run = try PretrainingTests.configuration(folder)
    run.data = try (1...3).map { number in
      let path = "\(folder)/\(number).csv"
      try writeTexts(30 + number, to: path, seed: UInt64(number))
      return path
    }
    run.trainsShardByShard = true
    run.epochs = 1
    run.stepsPerCheckpoint = 1000
    run.keptCheckpoints = 0
    return run
  }

  @Test func everyFileIsTrainedOnAndEndsWithACheckpoint() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder)
      run.epochs = 2
      var shards: [Int] = []
      let result = try Pretraining(run) {
        if case .shardStarted(_, let number, 3) = $0 { shards.append(number) }
      }.run()
      #expect(shards == [1, 2, 3, 1, 2, 3])
      #expect(result.steps == 24)
      for step in [4, 8, 12, 16, 20, 24] {
        #expect(FileManager.default.fileExists(atPath: run.checkpointFolder.statePath(step)))
        #expect(try ModelFile.readCard(run.checkpointFolder.modelPath(step)).training?.steps == step)
      }
    }
  }

  @Test func theFirstShardIsTheRunOnThatFileAlone() throws {
    try withTemporaryFolder { folder in
      let shards = try configuration(folder + "/shards")
      _ = try Pretraining(shards).run()
      var alone = try configuration(folder + "/alone")
      alone.trainsShardByShard = false
      alone.data = [alone.data[0]]
      _ = try Pretraining(alone).run()
      #expect(
        try PretrainingTests.parameters(shards.checkpointFolder.modelPath(4))
          == PretrainingTests.parameters(alone.checkpointFolder.modelPath(4)))
    }
  }

  @Test(arguments: [2, 4, 6, 8, 11])
  func resumesInsideAndBetweenShards(step: Int) throws {
    try withTemporaryFolder { folder in
      let whole = try configuration(folder + "/whole")
      _ = try Pretraining(whole).run()
      var stopped = try configuration(folder + "/stopped")
      _ = try PretrainingTests.run(stopped, stoppingAfter: step)
      stopped.load = stopped.checkpointFolder.newestResumable()
      stopped.resumes = true
      _ = try Pretraining(stopped).run()
      #expect(
        try PretrainingTests.parameters(stopped.checkpointFolder.modelPath(12))
          == PretrainingTests.parameters(whole.checkpointFolder.modelPath(12)))
      #expect(try PretrainingTests.parameters(stopped.save) == PretrainingTests.parameters(whole.save))
    }
  }

  /// The tokenizer is trained on all files before the first is read, and each file's tokens are kept on disk.
  @Test func takesPiecesAndTokensOnDisk() throws {
    try withTemporaryFolder { folder in
      func run(_ name: String, lazily: Bool, stoppingAfter steps: Int? = nil) throws -> PretrainingConfiguration {
        var run = try configuration("\(folder)/\(name)")
        run.isLazy = lazily
        run.tokenizer = .sentencePiece(
          path: "\(folder)/\(name)/pieces.model", training: SentencePieceTraining(vocabularySize: 40))
        var trainings = 0
        func take(stoppingAfter steps: Int?) throws {
          var taken = 0
          _ = try Pretraining(
            run,
            observe: { event in
              switch event {
              case .tokenizer(.trained): trainings += 1
              case .step(let step, _, _, let loss, let bits):
                taken = step
                #expect(bits < loss / log(2))
              default: break
              }
            }, shouldStop: { steps.map { taken >= $0 } ?? false }
          ).run()
        }
        try take(stoppingAfter: steps)
        if steps != nil {
          run.load = run.checkpointFolder.newestResumable()
          run.resumes = true
          try take(stoppingAfter: nil)
        }
        #expect(trainings == 1)
        for file in run.data {
          #expect(FileManager.default.fileExists(atPath: LazyCorpus.folder(for: file)) == lazily)
        }
        return run
      }
      let held = try run("held", lazily: false)
      let lazy = try run("lazy", lazily: true)
      let resumed = try run("resumed", lazily: true, stoppingAfter: 6)
      let expected = try ModelFile.read(held.save)
      #expect(expected.tokenizer.vocabularySize == 41)
      for other in [lazy, resumed] {
        #expect(try ModelFile.read(other.save).tokenizer.identity == expected.tokenizer.identity)
        #expect(try PretrainingTests.parameters(other.save) == PretrainingTests.parameters(held.save))
      }
    }
  }

  @Test func anotherTokenizerIsAnotherRun() {
    let saved = RunIdentity(
      seed: 1, dataDigest: "a", cleaning: .none, tokenizer: "characters", rows: 1, sequenceLength: 1,
      accumulationSteps: 1, persistence: .perShard, optimizer: .adam, precision: .float32)
    var now = saved
    #expect(throws: Never.self) { try saved.require(now, path: "p") }
    now.tokenizer = "pieces"
    #expect(
      throws: TrainingError.differentRun(path: "p", what: .tokenizer, saved: "characters", now: "pieces")
    ) { try saved.require(now, path: "p") }
  }
}
