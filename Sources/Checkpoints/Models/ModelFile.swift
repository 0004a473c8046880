import Corpora
import Models
import Tensors

/// A language model read from a file, with the head it may carry and what the file says of itself.
public struct StoredModel {
  /// The language model.
  public let model: LanguageModel
  /// The classifier on its features, in a classifier file.
  public let head: LinearClassifier?
  /// The file's description of itself.
  public let card: ModelCard
  /// How cleaned text becomes the model's tokens.
  public let tokenizer: any Tokenizer
}

/// Reads and writes models as safetensors files that describe themselves.
public enum ModelFile {
  private static let headKeys = (weight: "classifier.weight", bias: "classifier.bias")
  private static let tiedDecoderKey = "decoder.weight"
  private static let embeddingKey = "encoder.encoder.weight"
  private static let tokenizerKey = "tokenizer.model"

  /// Writes a model, replacing `path` only when all is on disk.
  ///
  /// - Parameters:
  ///   - head: goes into a classifier file behind the model.
  ///   - tokenizer: is described in the card; the bytes of a SentencePiece model go into the file, as `tokenizer.model`.
  ///   - halfPrecision: stores every array rounded to float16.
  /// - Throws: ``CheckpointError/writeFailed(path:reason:previousKept:)``.
  public static func write(
    _ model: LanguageModel, head: LinearClassifier? = nil, card: ModelCard,
    tokenizer: any Tokenizer = CharacterTokenizer(), halfPrecision: Bool = false, to path: String
  ) throws {
    var card = card
    var tokenizerBytes: [(name: String, values: TensorPayload)] = []
    if let pieces = tokenizer as? SentencePieceTokenizer {
      card.tokenizer = .sentencePiece(pieces)
      tokenizerBytes = [(tokenizerKey, .uint8(pieces.modelBytes, shape: [pieces.modelBytes.count]))]
    }
    var tensors = model.parameters.map { (name: $0.name, values: $0.variable.value) }
    if model.configuration.isTied, let embedding = tensors.first(where: { $0.name == embeddingKey }) {
      tensors.append((tiedDecoderKey, embedding.values))
    }
    if let head {
      tensors.append((headKeys.weight, head.weight))
      tensors.append((headKeys.bias, head.bias))
    }
    try SafetensorsWriter.write(
      tensors: tensors.map { ($0.name, halfPrecision ? .float16($0.values) : .float32($0.values)) } + tokenizerBytes,
      metadata: ["format": "sentiment-discovery", ModelCard.metadataKey: try card.encoded()], to: path)
  }

  /// Reads a model.
  ///
  /// Gains and directions in the file are folded into plain matrices, or matrices split, as `normalized` asks.
  ///
  /// - Parameters:
  ///   - normalized: whether the model is to keep gains and directions, for training; `nil` as in the file.
  ///   - dropout: dropout of the model; `nil` as in the file.
  /// - Throws: ``CheckpointError`` when the file is missing, damaged, not a model of this program, or when its arrays
  ///   are not those its card describes.
  public static func read(_ path: String, normalized: Bool? = false, dropout: Double? = nil) throws -> StoredModel {
    let file = try SafetensorsFile(path: path)
    let card = try ModelCard.decode(metadata: file.metadata, path: path)
    try checkSizes(card, file)
    var configuration = card.architecture
    configuration.usesWeightNormalization = normalized ?? configuration.usesWeightNormalization
    configuration.dropout = dropout ?? configuration.dropout
    let model: LanguageModel
    do {
      model = try LanguageModel(configuration)
    } catch let error as ModelError {
      throw CheckpointError.notACheckpoint(path: path, reason: error.description)
    }
    try checkKeys(model, card, file)
    for parameter in model.parameters {
      parameter.variable.value.copy(from: try values(for: parameter, in: file))
      parameter.variable.valueDidChange()
    }
    return StoredModel(model: model, head: try head(card, file), card: card, tokenizer: try tokenizer(card, file))
  }

  /// Reads only what a file says of itself.
  ///
  /// - Throws: as ``read(_:normalized:)``.
  public static func readCard(_ path: String) throws -> ModelCard {
    let file = try SafetensorsFile(path: path)
    return try ModelCard.decode(metadata: file.metadata, path: path)
  }

  /// Refuses a card whose model would be far larger than the file, before anything of that size is allocated.
  ///
  /// Somewhat larger ones pass, so that a missing tensor is reported by its name.
  private static func checkSizes(_ card: ModelCard, _ file: SafetensorsFile) throws {
    let architecture = card.architecture
    let limit = 1 << 20
    let sizes = [
      architecture.vocabularySize, architecture.embeddingSize, architecture.hiddenSize, architecture.layerCount,
    ]
    let stored = file.entries.reduce(0) { $0 + $1.count }
    guard sizes.allSatisfy({ (1...limit).contains($0) }), architecture.layerCount <= 1024,
      architecture.parameterCount / 8 <= stored
    else {
      throw CheckpointError.notACheckpoint(
        path: file.path, reason: "its card describes a larger model than the \(stored) numbers it holds")
    }
  }

  private static func checkKeys(_ model: LanguageModel, _ card: ModelCard, _ file: SafetensorsFile) throws {
    let fileIsNormalized = file.names.contains { $0.hasSuffix("_v") }
    var expected: [(name: String, shape: [Int])] = []
    for parameter in model.parameters {
      let matrix = MatrixName(parameter.name)
      switch matrix.part {
      case .whole where matrix.isRecurrentMatrix && fileIsNormalized:
        expected.append((matrix.base + "_g", [parameter.shape[0], 1]))
        expected.append((matrix.base + "_v", parameter.shape))
      case .direction where !fileIsNormalized: expected.append((matrix.base, parameter.shape))
      case .gain where !fileIsNormalized: break
      default: expected.append((parameter.name, parameter.shape))
      }
    }
    if model.configuration.isTied {
      expected.append((tiedDecoderKey, [model.configuration.vocabularySize, model.configuration.embeddingSize]))
    }
    if let classifier = card.classifier {
      let classes = max(classifier.labels.count, 1)
      expected.append((headKeys.weight, [classes, classifier.features.width(for: model.configuration)]))
      expected.append((headKeys.bias, [classes]))
    }
    if card.tokenizer != .bytes {
      expected.append((tokenizerKey, file.contains(tokenizerKey) ? try file.entry(named: tokenizerKey).shape : [1]))
    }
    try KeyMismatch.check(expected: expected, found: file.namesAndShapes, path: file.path)
  }

  /// The tokenizer of the card, from the bytes that the file holds of it.
  private static func tokenizer(_ card: ModelCard, _ file: SafetensorsFile) throws -> any Tokenizer {
    guard card.tokenizer != .bytes else { return CharacterTokenizer() }
    let entry = try file.entry(named: tokenizerKey)
    guard entry.type == .uint8 else {
      throw CheckpointError.wrongType(
        path: file.path, key: tokenizerKey, expected: StoredType.uint8.rawValue, found: entry.type.rawValue)
    }
    // Compared before the bytes are given to the library, which trusts what it is given.
    let bytes = try file.withBytes(named: tokenizerKey) { Array($0) }
    guard
      SentencePieceTokenizer.identity(of: bytes, vocabularySize: card.tokenizer.vocabularySize)
        == card.tokenizer.identity
    else {
      throw CheckpointError.notACheckpoint(path: file.path, reason: "its tokenizer is not the one its card names")
    }
    do {
      let tokenizer = try SentencePieceTokenizer(modelBytes: bytes)
      guard tokenizer.vocabularySize == card.tokenizer.vocabularySize else {
        throw CorpusError.unusableTokenizer(path: nil, reason: "it has \(tokenizer.vocabularySize) tokens")
      }
      return tokenizer
    } catch {
      throw CheckpointError.notACheckpoint(path: file.path, reason: "\(error)")
    }
  }

  /// The array for a parameter, from its own name or from the other form of its matrix.
  private static func values(for parameter: Parameter, in file: SafetensorsFile) throws -> Tensor {
    if file.contains(parameter.name) { return try file.tensor(named: parameter.name, shape: parameter.shape) }
    let matrix = MatrixName(parameter.name)
    switch matrix.part {
    case .whole:
      return mergedWeight(
        direction: try file.tensor(named: matrix.base + "_v", shape: parameter.shape),
        gain: try file.tensor(named: matrix.base + "_g", shape: [parameter.shape[0], 1]))
    case .direction: return try file.tensor(named: matrix.base, shape: parameter.shape)
    case .gain: return rowNorms(of: try file.tensor(named: matrix.base))
    }
  }

  private static func head(_ card: ModelCard, _ file: SafetensorsFile) throws -> LinearClassifier? {
    guard card.classifier != nil else { return nil }
    return LinearClassifier(
      weight: try file.tensor(named: headKeys.weight), bias: try file.tensor(named: headKeys.bias))
  }
}

/// A parameter's name taken apart: `…w_hh`, `…w_hh_v` and `…w_hh_g` are three forms of one matrix.
private struct MatrixName {
  enum Part { case whole, direction, gain }

  let base: String
  let part: Part

  init(_ name: String) {
    if name.hasSuffix("_v") {
      (base, part) = (String(name.dropLast(2)), .direction)
    } else if name.hasSuffix("_g") {
      (base, part) = (String(name.dropLast(2)), .gain)
    } else {
      (base, part) = (name, .whole)
    }
  }

  /// Whether weight normalisation applies to it: the matrices of the recurrent layers.
  var isRecurrentMatrix: Bool { base.contains(".rnns.") && base.split(separator: ".").last?.hasPrefix("w_") == true }
}
