import Formats
import Foundation

/// A transformer in a file of the original toolkit, as far as its arrays and options tell.
///
/// It is kept beside the converted arrays, so that what the original took from flags need not be repeated.
public struct TransformerDescription: Sendable, Codable, Equatable {
  /// Key in the metadata of a converted file.
  public static let metadataKey = "transformer"

  /// Width of the model (D).
  public var width: Int
  /// Width of the feed-forward layers (F).
  public var feedForwardWidth: Int
  /// Layers (N).
  public var layerCount: Int
  /// Attention heads; not in the arrays, so 8 where the options are missing.
  public var headCount: Int
  /// Tokens in the vocabulary, padding included (V).
  public var vocabularySize: Int
  /// Rows of the learned table of positions; 0 for sinusoidal ones.
  public var positionCount: Int
  /// What numbers the positions: `batchRow` in all files of the original, whose positions follow the row of the batch.
  public var positionAxis: String
  /// Whether layers normalise their input instead of their output; not in the arrays.
  public var normalizesBefore: Bool
  /// Whether the output is scored with a matrix of its own rather than with the embedding.
  public var hasOutputMatrix: Bool
  /// Whether matrices are stored as gains and directions.
  public var isNormalized: Bool
  /// Whether a classifier stands behind it.
  public var hasClassifier: Bool

  /// In words, such as "a transformer of 12 layers".
  var title: String {
    "a transformer of \(layerCount) \(layerCount == 1 ? "layer" : "layers")"
      + (hasClassifier ? " with a classifier" : "")
  }

  /// Looks for a transformer; nil when there is none.
  init?(value root: PythonValue) {
    let parts = root["sd"] ?? root["state_dict"] ?? root
    let options = root["args"]
    let model = parts["lm_encoder"] ?? parts
    let shapes = Dictionary(
      model.namedTensors.compactMap { name, leaf in
        KeyMap.originalTransformer.path(ofKey: name).map { ($0, leaf.values.shape) }
      }, uniquingKeysWith: { first, _ in first })
    let layers = shapes.keys.compactMap(ModelContents.layer(ofPath:))
    let feedForward = "layers.0.feedForward.weight"
    guard let table = shapes["embedding.weight"], table.count == 2,
      let inner = shapes[feedForward] ?? shapes[feedForward + ".direction"], inner.count == 2
    else { return nil }
    width = table[1]
    feedForwardWidth = inner[0]
    layerCount = (layers.max() ?? 0) + 1
    headCount = options?["decoder_attention_heads"]?.integer ?? 8
    vocabularySize = table[0]
    positionCount = shapes["positions.weight"]?.first ?? 0
    positionAxis = "batchRow"
    normalizesBefore = options?["decoder_normalize_before"]?.boolean ?? false
    isNormalized = shapes[feedForward + ".direction"] != nil
    hasOutputMatrix = shapes["output.weight"] != nil || shapes["output.weight.direction"] != nil
    hasClassifier = parts["classifier"] != nil
  }

  /// The description as JSON with sorted keys.
  func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
