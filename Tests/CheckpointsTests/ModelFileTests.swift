import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ModelFileTests {
  struct Shape: CustomTestStringConvertible {
    var cell: CellKind
    var layers: Int
    var tied: Bool
    var testDescription: String { "\(cell) × \(layers)\(tied ? " tied" : "")" }
  }

  static let shapes = CellKind.allCases.flatMap { cell in
    [(1, false), (2, false), (1, true)].map { Shape(cell: cell, layers: $0.0, tied: $0.1) }
  }

  @Test(arguments: shapes, [true, false])
  func roundTripIsExact(shape: Shape, normalized: Bool) throws {
    try withTemporaryFolder { folder in
      let model = try smallModel(shape.cell, layers: shape.layers, tied: shape.tied, normalized: normalized)
      let path = folder + "/m.safetensors"
      let written = card(model)
      try ModelFile.write(model, card: written, to: path)
      let stored = try ModelFile.read(path, normalized: nil)
      #expect(stored.card == written)
      #expect(stored.head == nil)
      #expect(stored.model.configuration == model.configuration)
      #expect(stored.model.parameters.map(\.path) == model.parameters.map(\.path))
      for (found, expected) in zip(stored.model.parameters, model.parameters) {
        #expect(found.variable.value.values == expected.variable.value.values, "\(expected.path)")
        #expect(found.shape == expected.shape)
      }
      #expect(logits(stored.model) == logits(model))
      #expect(try SafetensorsFile(path: path).contains("decoder.weight"))
    }
  }

  @Test(arguments: shapes)
  func fileFormAndModelFormAreIndependent(shape: Shape) throws {
    try withTemporaryFolder { folder in
      for fileForm in [true, false] {
        let model = try smallModel(shape.cell, layers: shape.layers, tied: shape.tied, normalized: fileForm)
        let path = folder + "/m.safetensors"
        try ModelFile.write(model, card: card(model), to: path)
        for modelForm in [true, false] {
          let stored = try ModelFile.read(path, normalized: modelForm)
          #expect(stored.model.configuration.usesWeightNormalization == modelForm)
          #expect(stored.model.parameters.contains { $0.path.hasSuffix(".direction") } == modelForm)
          #expect(largestDifference(logits(stored.model), logits(model)) < 1e-6, "\(fileForm) to \(modelForm)")
        }
      }
    }
  }

  @Test func foldedByDefault() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel(normalized: true)
      try ModelFile.write(model, card: card(model), to: folder + "/m")
      #expect(try !ModelFile.read(folder + "/m").model.configuration.usesWeightNormalization)
    }
  }

  @Test(arguments: [true, false])
  func halfPrecision(normalized: Bool) throws {
    try withTemporaryFolder { folder in
      let model = try smallModel(normalized: normalized)
      let path = folder + "/m.16.safetensors"
      let head = LinearClassifier(weight: Tensor([1, 2, 3, 4, 0.1], shape: [1, 5]), bias: Tensor([0.25], shape: [1]))
      try ModelFile.write(model, head: head, card: card(model, classifier: classifier()), halfPrecision: true, to: path)
      let file = try SafetensorsFile(path: path)
      #expect(file.entries.allSatisfy { $0.type == .float16 })
      let stored = try ModelFile.read(path, normalized: nil)
      for (found, expected) in zip(stored.model.parameters, model.parameters) {
        #expect(found.variable.value.values == expected.variable.value.values.map { Float(Float16($0)) })
      }
      #expect(largestDifference(logits(stored.model), logits(model)) < 1e-2)
      #expect(stored.head?.weight.values == [1, 2, 3, 4, Float(Float16(0.1))])
    }
  }

  @Test func headAndEveryFieldOfTheCard() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel(.lstm, layers: 2)
      let features = FeatureSelection(state: .hidden, allLayers: true, pools: [.mean, .maximum])
      var architecture = model.configuration
      architecture.dropout = 0.25
      let written = ModelCard(
        kind: .classifier, architecture: .recurrent(architecture), cleaning: .processTweet,
        training: ModelCard.TrainingRecord(
          data: ["a.csv", "ü\".json"], steps: 7, charactersSeen: 99, validationLoss: 1.5),
        classifier: classifier(
          labels: ["joy", "fear"], thresholds: [0.4, 0.625], features: features, maximumLength: 12, warmupPasses: 2))
      let head = LinearClassifier(
        weight: Tensor((0..<60).map { Float($0) / 7 }, shape: [2, 30]), bias: Tensor([-1, 1], shape: [2]))
      let path = folder + "/c.safetensors"
      try ModelFile.write(model, head: head, card: written, to: path)
      let stored = try ModelFile.read(path)
      #expect(stored.card == written)
      #expect(try ModelFile.readCard(path) == written)
      #expect(stored.card.formatVersion == 2)
      #expect(stored.card.writer.hasPrefix("sentiment-discovery "))
      #expect(stored.head?.weight.values == head.weight.values)
      #expect(stored.head?.bias.values == [-1, 1])
      #expect(stored.model.configuration.dropout == 0.25)
      let raw = try #require(try SafetensorsFile(path: path).metadata["model_card"])
      for text in ["\"pools\":[\"maximum\",\"mean\"]", "\"cell\":\"LSTM\"", "\"cleaning\":\"process_tweet\""] {
        #expect(raw.contains(text), "\(text)")
      }
    }
  }

  @Test func poolsOfAnEditedCardAreBroughtIntoOrder() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel()
      let features = FeatureSelection(pools: [.maximum, .mean])
      let head = LinearClassifier(weight: Tensor(zeros: [1, 15]), bias: Tensor(zeros: [1]))
      let path = folder + "/c"
      try ModelFile.write(model, head: head, card: card(model, classifier: classifier(features: features)), to: path)
      try editCard(path, "[\"maximum\",\"mean\"]", "[\"mean\",\"maximum\",\"mean\"]")
      #expect(try ModelFile.read(path).card.classifier?.features == features)
    }
  }

  @Test func equalModelsGiveEqualBytes() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel()
      let described = card(model)
      try ModelFile.write(model, card: described, to: folder + "/a")
      try ModelFile.write(try ModelFile.read(folder + "/a", normalized: nil).model, card: described, to: folder + "/b")
      #expect(try bytes(at: folder + "/a") == bytes(at: folder + "/b"))
    }
  }
}
