import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// Files as the original toolkit nests them; their numbers follow the rule of the specification's reference vectors.
@Suite struct OriginalModelTests {
  private func read(_ name: String, normalized: Bool? = false) throws -> StoredModel {
    try ModelFile.read("\(goldenFolder)/\(name).pt", normalized: normalized, anyTokenizer: true)
  }

  private func logits(_ model: LanguageModel) -> [Float] {
    model.logits(
      tokens: [1, 4, 2, 0, 3, 3], rows: 2, resetMask: nil,
      state: RecurrentState(zerosFor: 2, configuration: model.configuration), on: Tape(Engine(), recording: false)
    ).logits.value.values
  }

  private static let reference: [Float] = [
    -0.357786, -0.248852, -0.599188, -0.321649, 0.334054, -0.283086, -0.391221, -0.530139, -0.248998, 0.191650,
    -0.395611, -0.094119, -0.717596, -0.356826, 0.487981, -0.309072, -0.343940, -0.551893, -0.274314, 0.238966,
    -0.377875, -0.121740, -0.707443, -0.339457, 0.460290, -0.347731, -0.205346, -0.653171, -0.310648, 0.376930,
  ]

  @Test(arguments: [
    ("language_model", Float(1e-5)), ("language_model_normalized", 1e-5), ("language_model_2017", 1e-5),
    ("language_model_half", 2e-3),
  ])
  func referenceLogits(name: String, tolerance: Float) throws {
    for normalized in [false, true, nil] {
      #expect(largestDifference(logits(try read(name, normalized: normalized).model), Self.reference) < tolerance)
    }
  }

  @Test func whatTheFileDoesNotSayIsRecorded() throws {
    let card = try read("language_model").card
    #expect(card.tokenizer == .unknown(vocabularySize: 5))
    #expect(card.cleaning == .processString)
    #expect(
      card.origin
        == .init(source: .pyTorch, gateOrder: .candidateThird, vocabularySize: 5, lacksDecoder: false))
    #expect(try read("language_model_2017").card.origin?.gateOrder == .candidateLast)
    #expect(try read("language_model_normalized", normalized: nil).model.configuration.usesWeightNormalization)
    #expect(
      message { _ = try ModelFile.read("\(goldenFolder)/language_model.pt") }
        == "cannot use \(goldenFolder)/language_model.pt: its tokenizer is 'unknown', and this program reads models of bytes "
        + "or of SentencePiece")
  }

  /// State, maximum, minimum and mean over the steps that count, of h.
  private func features(_ model: LanguageModel) -> [Float] {
    let tokens: [Int32] = [1, 4, 2, 1, 3, 3, 2, 0, 4, 0]
    let hidden = model.encode(
      tokens: tokens, rows: 2, resetMask: nil, state: RecurrentState(zerosFor: 2, configuration: model.configuration),
      engine: Engine()
    ).layers[0].hidden.values
    return [4, 2].enumerated().flatMap { row, steps -> [Float] in
      let states = (0..<steps).map { step in (0..<3).map { hidden[(step * 2 + row) * 3 + $0] } }
      let columns = (0..<3).map { unit in states.map { $0[unit] } }
      return states[steps - 1] + columns.map { $0.max() ?? 0 } + columns.map { $0.min() ?? 0 }
        + columns.map { $0.reduce(0, +) / Float(steps) }
    }
  }

  @Test func fineTunedLinearClassifier() throws {
    let stored = try read("classifier_linear")
    let head = try #require(stored.head)
    let probabilities = head.probabilities(of: Tensor(features(stored.model), shape: [2, 12])).flatMap { $0 }
    #expect(largestDifference(probabilities, [0.492529, 0.462014]) < 1e-5)
    let classifier = try #require(stored.card.classifier)
    #expect(classifier.labels == ["joy"])
    #expect(classifier.thresholds == [0.25])
    #expect(
      classifier.features
        == FeatureSelection(state: .hidden, pools: [.maximum, .minimum, .mean], skipsLastToken: true))
    #expect(stored.card.cleaning == .processTweet)
    #expect(stored.card.origin?.lacksDecoder == false)
  }

  @Test func transferredClassifierHasNoDecoder() throws {
    let stored = try read("classifier_transferred")
    #expect(stored.card.classifier?.features == FeatureSelection(skipsLastToken: true))
    #expect(stored.card.classifier?.labels == ["label"])
    #expect(stored.card.origin?.lacksDecoder == true)
    let path = "\(goldenFolder)/classifier_transferred.pt"
    #expect(
      message { _ = try ModelFile.read(path, needsDecoder: true, anyTokenizer: true) }
        == "cannot use \(path): it has no decoder, so it gives features but neither writes nor scores text")
    try withTemporaryFolder { folder in
      for target in ["/m.safetensors", "/m.pt"] {
        try ModelFile.write(stored.model, head: stored.head, card: stored.card, to: folder + target)
        let again = try ModelFile.read(folder + target, anyTokenizer: true)
        #expect(again.card == stored.card)
        #expect(again.head?.weight.values == stored.head?.weight.values)
        #expect(try CheckpointFile(path: folder + target).tensors.allSatisfy { !$0.name.contains("decoder") })
      }
    }
  }

  @Test func whatDoesNotRunIsSaid() {
    #expect(
      message { _ = try read("classifier_heads") }.hasSuffix(
        "its classifier has hidden layers and 3 heads a class, which this program inspects and converts, but does not run"
      ))
    #expect(
      message { _ = try read("transformer") }.hasSuffix(
        "it is a transformer of 2 layers, which this program inspects and converts, but does not run"))
    #expect(
      message { _ = try read("optimizer") }.hasSuffix(
        "it holds no language model: there is no matrix 'encoder.encoder.weight'"))
  }

  @Test func transformerKeysAndShapes() throws {
    for (name, prefix, wrapper, heads) in [
      ("transformer", "decoder.", "", 8), ("transformer_classifier", "encoder.", "sd.lm_encoder.", 2),
    ] {
      let file = try CheckpointFile(path: "\(goldenFolder)/\(name).pt")
      let shapes = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.values.shape) })
      func shape(_ key: String) -> [Int]? { shapes[wrapper + prefix + key] }
      #expect(shape("embed_out") == [7, 4])
      #expect(shape("embed_tokens.weight") == [7, 4])
      #expect(shape("embed_positions.weight") == [256, 4])
      for layer in 0..<2 {
        for block in ["self_attn", "encoder_attn"] {
          #expect(shape("layers.\(layer).\(block).in_proj_weight") == [12, 4])
          #expect(shape("layers.\(layer).\(block).in_proj_bias") == [12])
          #expect(shape("layers.\(layer).\(block).out_proj.weight") == [4, 4])
          #expect(shape("layers.\(layer).\(block).out_proj.bias") == [4])
        }
        #expect(shape("layers.\(layer).fc1.weight") == [6, 4])
        #expect(shape("layers.\(layer).fc2.weight") == [4, 6])
        #expect(shape("layers.\(layer).layer_norms.1.bias") == [4])
      }
      guard case .transformer(let found) = file.content() else {
        Issue.record("no transformer")
        continue
      }
      #expect(found.width == 4 && found.feedForwardWidth == 6 && found.layerCount == 2 && found.vocabularySize == 7)
      #expect(found.headCount == heads)
      #expect(found.positionCount == 256 && found.positionAxis == "batchRow" && found.hasOutputMatrix)
      #expect(found.hasClassifier == (prefix == "encoder."))
    }
  }

  /// The blocks of an early file are read in the order that predicts English better.
  @Test func gateOrderIsChosenByTheLoss() throws {
    try withTemporaryFolder { folder in
      let model = try LanguageModel(
        LanguageModelConfiguration(
          vocabularySize: 256, embeddingSize: 6, hiddenSize: 16, usesWeightNormalization: false))
      model.initialize(seed: 3)
      var described = card(model)
      described.origin = nil
      let contents = ModelContents(model, head: nil, card: described, path: "m")
      guard case .dictionary(let members, _) = try TorchLayout.value(of: contents) else { return }
      let path = folder + "/early.pt"
      // Without the card the file is one of 2018.
      try TorchWriter.write(.dictionary(members.dropLast(), isOrdered: false), to: path)
      let file = try CheckpointFile(path: path)
      let chosen = try file.modelContents()
      #expect(chosen.card.architecture.vocabularySize == 257)
      #expect(chosen.card.tokenizer == .bytes)
      let orders = try ModelCard.Origin.GateOrder.allCases.map { try file.modelContents(gateOrder: $0) }
      let better = try GateOrderChoice.better(orders[0], orders[1])
      #expect(chosen.card.origin == better.card.origin)
      #expect(try GateOrderChoice.better(orders[1], orders[0]).card.origin == better.card.origin)
      let weights = try orders.map { try $0.tensor(named: "encoder.rnn.rnns.0.w_ih").values }
      #expect(Array(weights[0][192..<288]) == Array(weights[1][288..<384]))
      #expect(Array(weights[0][288..<384]) == Array(weights[1][192..<288]))
      #expect(Array(weights[0][..<192]) == Array(weights[1][..<192]))
    }
  }
}
