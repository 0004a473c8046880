import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport

@testable import Checkpoints

/// A small initialised byte model.
func smallModel(
  _ cell: CellKind = .multiplicativeLSTM, layers: Int = 1, tied: Bool = false, normalized: Bool = true, seed: UInt64 = 1
) throws -> LanguageModel {
  let model = try LanguageModel(
    LanguageModelConfiguration(
      cell: cell, embeddingSize: tied ? 5 : 4, hiddenSize: 5, layerCount: layers, isTied: tied,
      usesWeightNormalization: normalized))
  model.initialize(seed: seed)
  // Gains other than the row norms, as training leaves them.
  for parameter in model.parameters where parameter.path.hasSuffix(".gain") {
    let gains = parameter.variable.value.values.enumerated().map { $1 * (1 + 0.1 * Float($0 % 3)) }
    parameter.variable.update { $0.copy(from: Tensor(gains, shape: parameter.shape)) }
  }
  return model
}

func card(_ model: LanguageModel, classifier: ModelCard.Classifier? = nil) -> ModelCard {
  ModelCard(
    kind: classifier == nil ? .languageModel : .classifier, architecture: .recurrent(model.configuration),
    cleaning: .processString, classifier: classifier)
}

/// Logits of a fixed text of two rows.
func logits(_ model: LanguageModel) -> [Float] {
  let tokens = (0..<24).map { Int32(($0 * 37 + 5) % 257) }
  return model.logits(
    tokens: tokens, rows: 2, resetMask: nil, state: RecurrentState(zerosFor: 2, configuration: model.configuration),
    on: Tape(Engine(), recording: false)
  ).logits.value.values
}

func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

/// A settings record for a head on the model's plain features.
func classifier(
  labels: [String] = ["positive"], thresholds: [Double]? = nil, features: FeatureSelection = FeatureSelection(),
  maximumLength: Int? = nil, warmupPasses: Int = 0
) -> ModelCard.Classifier {
  ModelCard.Classifier(
    labels: labels, thresholds: thresholds ?? labels.map { _ in 0.5 }, features: features,
    maximumLength: maximumLength, warmupPasses: warmupPasses, regularization: 2, topNeurons: [1, 0],
    scores: ["test": 0.75])
}

/// Writes the tensors and the metadata of a model file, changed as `body` says.
func rewrite(
  _ path: String, _ body: (inout [(name: String, values: TensorPayload)], inout [String: String]) throws -> Void
) throws {
  let file = try SafetensorsFile(path: path)
  var tensors = try file.names.map { (name: $0, values: TensorPayload.float32(try file.tensor(named: $0))) }
  var metadata = file.metadata
  try body(&tensors, &metadata)
  try SafetensorsWriter.write(tensors: tensors, metadata: metadata, to: path)
}

/// Replaces text in a file's card.
func editCard(_ path: String, _ old: String, _ new: String) throws {
  try rewrite(path) { _, metadata in
    metadata[ModelCard.metadataKey] = metadata[ModelCard.metadataKey]?.replacingOccurrences(of: old, with: new)
  }
}

enum LinearClassifierSample {
  /// A head of so many classes, `nil` for none.
  static func head(classes: Int, width: Int) -> LinearClassifier? {
    guard classes > 0 else { return nil }
    let weights = (0..<classes * width).map { 0.25 * Float($0) - 1 }
    return LinearClassifier(
      weight: Tensor(weights, shape: [classes, width]),
      bias: Tensor((0..<classes).map { Float($0) + 0.5 }, shape: [classes]))
  }
}
