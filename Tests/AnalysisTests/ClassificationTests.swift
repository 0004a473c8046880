import Checkpoints
import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct ClassificationTests {
  /// A transferred classifier and the configuration that applies it to the transfer's test rows.
  private func withClassifier<Result>(
    _ body: (TransferResult, ClassificationConfiguration) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      var transfer = try ToyCorpus.configuration(folder)
      transfer.features = FeatureSelection(pools: [.mean])
      transfer.warmupPasses = 1
      let result = try Transfer(transfer).run()
      var run = ClassificationConfiguration()
      run.load = result.classifierPath
      run.data = transfer.test
      run.probabilitiesPath = folder + "/out.npy"
      run.tablePath = folder + "/out.csv"
      run.batchSize = 5
      return try body(result, run)
    }
  }

  /// The probabilities that a run wrote.
  private func probabilities(_ configuration: ClassificationConfiguration) throws -> [Float] {
    _ = try Classification(configuration).run()
    return try NumpyFile.read(configuration.probabilitiesPath).float32Values
  }

  @Test func theFileGivesTheProbabilitiesOfTheTransfer() throws {
    try withClassifier { transfer, configuration in
      let result = try Classification(configuration).run()
      let expected = try #require(transfer.allNeurons.sweep.probabilities.test)
      #expect(result.rows == 30 && result.labels == ["label"])
      let score = try #require(result.score.accuracies)
      #expect(score.count == 1 && result.score.scoredRows == [30] && result.score.refusal == nil)
      #expect(abs(score[0] - (transfer.allNeurons.sweep.scores.test ?? -1)) < 1e-9)

      let stored = try NumpyFile.read(configuration.probabilitiesPath)
      #expect(stored.shape == [30, 1])
      #expect(zip(stored.float32Values, expected).allSatisfy { abs(Double($0) - $1) < 1e-4 })
      let decisions = try NumpyFile.read(configuration.decisionsPath)
      #expect(decisions.shape == [30, 1])
      #expect(decisions.float32Values == stored.float32Values.map { $0 > 0.5 ? 1 : 0 })
      let table = try String(contentsOfFile: configuration.tablePath ?? "", encoding: .utf8).split(separator: "\n")
      #expect(table.count == 31 && table[0] == "label,label pred,label prob,sentence")

      var half = configuration
      half.load = transfer.folder + "/classifier.16.safetensors"
      #expect(zip(try probabilities(half), expected).allSatisfy { abs(Double($0) - $1) < 0.05 })
    }
  }

  @Test func batchSizeDoesNotMatter() throws {
    try withClassifier { _, configuration in
      var run = configuration
      let reference = try probabilities(run)
      for size in [1, 2, 30, 500] {
        run.batchSize = size
        let found = try probabilities(run)
        #expect(zip(found, reference).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test func withoutLabelsThereAreNoAccuracies() throws {
    try withClassifier { _, configuration in
      try Data("sentence\nthe film was bad\n\"\"\n".utf8).write(to: URL(fileURLWithPath: configuration.data[0]))
      let result = try Classification(configuration).run()
      #expect(result.score.accuracies == nil && result.score.refusal == nil)
      let table = try String(contentsOfFile: configuration.tablePath ?? "", encoding: .utf8).split(separator: "\n")
      #expect(table[0] == "label pred,label prob,sentence")
    }
  }

  @Test func overridesOfWhatTheFileSays() throws {
    try withClassifier { _, configuration in
      var run = configuration
      let reference = try probabilities(run)
      run.keptNeurons = 1
      #expect(try probabilities(run) != reference)
      run.keptNeurons = nil
      run.maximumLength = 3
      #expect(Set(try probabilities(run)).count == 1)
      run.maximumLength = nil
      run.cleaning = CleaningMethod.none
      #expect(try probabilities(run) != reference)
    }
  }

  @Test func aLanguageModelIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = try #require(try ToyCorpus.configuration(folder).load)
      #expect(throws: AnalysisError.noClassifier(path: path)) {
        try TextClassifier(path: path, engine: Engine())
      }
    }
  }
}
