import Checkpoints
import Formats
import Foundation
import Models
import Optimization
import Tensors
import TestSupport
import Testing
import Training

@Suite struct PretrainingTests {
  /// A run on forty short texts, cut 8 : 1 : 1.
  static func configuration(_ folder: String, cell: CellKind = .multiplicativeLSTM) throws -> PretrainingConfiguration {
    let texts = folder + "/texts.csv"
    if !FileManager.default.fileExists(atPath: texts) { try writeTexts(40, to: texts) }
    var run = PretrainingConfiguration()
    run.data = [texts]
    run.split = "8,1,1"
    run.architecture = LanguageModelConfiguration(cell: cell, embeddingSize: 6, hiddenSize: 8)
    run.batchSize = 4
    run.evaluationBatchSize = 2
    run.sequenceLength = 12
    run.evaluationSequenceLength = 20
    run.schedule = LearningRateSchedule(baseRate: 0.02)
    run.epochs = 3
    run.stepsPerEpoch = 4
    run.evaluationBatches = 3
    run.save = folder + "/model.safetensors"
    run.stepsPerCheckpoint = 0
    run.logInterval = 2
    return run
  }

  /// Runs, and gathers the epochs' losses and the paths that were saved.
  static func run(_ configuration: PretrainingConfiguration, stoppingAfter steps: Int? = nil) throws -> (
    result: PretrainingResult, losses: [Double], saved: [String], interrupted: String?
  ) {
    var (losses, saved, interrupted, taken) = ([Double](), [String](), String?.none, 0)
    let result = try Pretraining(
      configuration,
      observe: {
        switch $0 {
        case .epochEnded(_, _, _, let loss, _, _): losses.append(loss)
        case .saved(let path): saved.append(path)
        case .interrupted(let path, _): interrupted = path
        case .step(let step, _, _, _, _): taken = step
        default: break
        }
      },
      shouldStop: { steps.map { taken >= $0 } ?? false }
    ).run()
    return (result, losses, saved, interrupted)
  }

  static func parameters(_ path: String) throws -> [String: [Float]] {
    values(of: try ModelFile.read(path, normalized: nil).model)
  }

  @Test func learnsAndSavesWhatItSays() throws {
    try withTemporaryFolder { folder in
      var configuration = try Self.configuration(folder)
      configuration.stepsPerEpoch = 30
      let run = try Self.run(configuration)
      #expect(run.result.steps == 90)
      #expect(run.losses.count == 3)
      let loss = try #require(run.result.validationLoss)
      #expect(loss < 4)
      #expect(!run.result.wasInterrupted)
      #expect(run.result.savedPath == configuration.save)
      let card = try ModelFile.readCard(configuration.save)
      #expect(card.training?.validationLoss == loss)
      #expect(abs((card.training?.validationBitsPerCharacter ?? 0) - loss / log(2)) < 1e-12)
      #expect(card.kind == .languageModel)
      #expect(card.architecture == .recurrent(configuration.architecture))
      #expect(card.training?.data == configuration.data)
    }
  }

  @Test func equalLossesKeepTheEarlierModel() throws {
    try withTemporaryFolder { folder in
      var configuration = try Self.configuration(folder)
      configuration.optimizer = .sgd()
      configuration.schedule = LearningRateSchedule(baseRate: 0)
      let run = try Self.run(configuration)
      #expect(Set(run.losses).count == 1)
      #expect(run.saved == [configuration.save])
      #expect(try ModelFile.readCard(configuration.save).training?.steps == 4)
    }
  }

  @Test func worseEpochsKeepTheBestModelWhichIsTested() throws {
    try withTemporaryFolder { folder in
      var configuration = try Self.configuration(folder)
      configuration.schedule = LearningRateSchedule(baseRate: 0.5)
      configuration.epochs = 8
      configuration.stepsPerEpoch = 2
      let run = try Self.run(configuration)
      var best = Double.infinity
      var improved: [Int] = []
      for (epoch, loss) in run.losses.enumerated() where loss < best {
        best = loss
        improved.append(epoch + 1)
      }
      #expect(improved.last != 8, "the last epoch should be worse than an earlier one for this test")
      #expect(run.saved.count == improved.count)
      let training = try ModelFile.readCard(configuration.save).training
      #expect(training?.steps == (improved.last ?? 0) * 2)
      #expect(training?.validationLoss == best)
      #expect(run.result.validationLoss == best)

      // The saved model, not trained any further, has the same losses.
      var again = configuration
      again.load = configuration.save
      again.save = folder + "/again.safetensors"
      again.optimizer = .sgd()
      again.schedule = LearningRateSchedule(baseRate: 0)
      again.epochs = 1
      let second = try Self.run(again)
      #expect(abs(try #require(second.result.validationLoss) - best) < 1e-5)
      #expect(abs(try #require(second.result.testLoss) - #require(run.result.testLoss)) < 1e-5)
    }
  }

  @Test func intermediateCheckpointsAreNamedByCompletedSteps() throws {
    try withTemporaryFolder { folder in
      var configuration = try Self.configuration(folder)
      configuration.stepsPerCheckpoint = 5
      let run = try Self.run(configuration)
      #expect(
        run.saved.filter { $0 != configuration.save }
          == ["e5", "e10", "e12"].map { "\(folder)/model/\($0).safetensors" })
      #expect(try ModelFile.readCard(folder + "/model/e5.safetensors").training?.steps == 5)
    }
  }

  @Test(arguments: [true, false])
  func loadsAPlainModelIntoANormalizedOneAndBack(normalized: Bool) throws {
    try withTemporaryFolder { folder in
      var configuration = try Self.configuration(folder)
      configuration.architecture.usesWeightNormalization = !normalized
      configuration.epochs = 1
      let first = try Self.run(configuration)
      var second = configuration
      second.load = configuration.save
      second.save = folder + "/second.safetensors"
      second.architecture.usesWeightNormalization = normalized
      second.optimizer = .sgd()
      second.schedule = LearningRateSchedule(baseRate: 0)
      let result = try Self.run(second).result
      #expect(abs(try #require(result.validationLoss) - #require(first.result.validationLoss)) < 1e-5)
      let names = try SafetensorsFile(path: second.save).names
      #expect(names.contains { $0.hasSuffix("_g") } == normalized)
      #expect(
        try ModelFile.readCard(second.save).architecture.requireRecurrent(path: "").usesWeightNormalization
          == normalized)
    }
  }

  @Test func divergingTrainingIsReported() throws {
    try withTemporaryFolder { folder in
      var configuration = try Self.configuration(folder, cell: .relu)
      configuration.optimizer = .sgd()
      configuration.schedule = LearningRateSchedule(baseRate: 1e25)
      let error = #expect(throws: TrainingError.self) { try Self.run(configuration) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("no longer a finite number"))
      #expect(!FileManager.default.fileExists(atPath: configuration.save))
    }
  }
}
