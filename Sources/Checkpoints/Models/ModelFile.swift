import Corpora
import Formats
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

/// Reads and writes models: safetensors files and PyTorch files that describe themselves, and the files of others.
public enum ModelFile {
  /// Writes a model, replacing `path` only when all is on disk.
  ///
  /// A path that ends in `.pt` or `.pth` becomes a PyTorch file under the original toolkit's keys, any other a
  /// safetensors file.
  ///
  /// - Parameters:
  ///   - head: goes into a classifier file behind the model.
  ///   - tokenizer: is described in the card; the bytes of a SentencePiece model go into the file, as `tokenizer.model`.
  ///   - halfPrecision: stores every array rounded to float16.
  /// - Throws: ``FileError/writeFailed(path:reason:previousKept:)``.
  public static func write(
    _ model: LanguageModel, head: LinearClassifier? = nil, card: ModelCard,
    tokenizer: any Tokenizer = CharacterTokenizer(), halfPrecision: Bool = false, to path: String
  ) throws {
    var card = card
    var tokenizerBytes: [UInt8]?
    if let pieces = tokenizer as? SentencePieceTokenizer {
      card.tokenizer = .sentencePiece(pieces)
      tokenizerBytes = pieces.modelBytes
    }
    let contents = ModelContents(
      model, head: head, card: card, tokenizerBytes: tokenizerBytes, type: halfPrecision ? .float16 : .float32,
      path: path)
    try write(contents, layout: CheckpointLayout(forPath: path) ?? .safetensors, to: path)
  }

  /// Writes the card and the arrays of a model in one of the two layouts that hold both.
  static func write(_ contents: ModelContents, layout: CheckpointLayout, to path: String) throws {
    switch layout {
    case .pyTorch: try TorchWriter.write(try TorchLayout.value(of: contents), to: path)
    case .sequentialPyTorch:
      try TorchWriter.write(try TorchLayout.value(of: contents), container: .sequential, to: path)
    default:
      try SafetensorsWriter.write(
        tensors: contents.tensors,
        metadata: ["format": "sentiment-discovery", ModelCard.metadataKey: try contents.card.encoded()], to: path)
    }
  }

  /// Reads a model; which format the file has is seen from its contents.
  ///
  /// Gains and directions in the file are folded into plain matrices, or matrices split, as `normalized` asks.
  ///
  /// - Parameters:
  ///   - normalized: whether the model is to keep gains and directions, for training; `nil` as in the file.
  ///   - dropout: dropout of the model; `nil` as in the file.
  ///   - needsDecoder: refuses a file that has none; false by default.
  ///   - anyTokenizer: takes models whose tokens this program cannot make of texts; false by default.
  /// - Throws: ``CheckpointError`` when the file is missing, damaged, not a model, or when its arrays are not those its
  ///   card describes.
  public static func read(
    _ path: String, normalized: Bool? = false, dropout: Double? = nil, needsDecoder: Bool = false,
    anyTokenizer: Bool = false
  ) throws -> StoredModel {
    let contents = try CheckpointFile(path: path).modelContents()
    if !anyTokenizer { try contents.card.requireKnownTokenizer(path: path) }
    if needsDecoder, contents.card.origin?.lacksDecoder == true {
      throw CheckpointError.unsupported(
        path: path, feature: "it has no decoder, so it gives features but neither writes nor scores text")
    }
    return try build(contents, normalized: normalized, dropout: dropout)
  }

  /// Reads only what a file says of itself, or what can be told of the file of others.
  ///
  /// - Throws: as ``read(_:normalized:dropout:needsDecoder:anyTokenizer:)``.
  public static func readCard(_ path: String) throws -> ModelCard {
    let card = try CheckpointFile(path: path).modelContents().card
    try card.requireKnownTokenizer(path: path)
    return card
  }

  /// Makes the model that `contents` describe.
  static func build(_ contents: ModelContents, normalized: Bool?, dropout: Double? = nil) throws -> StoredModel {
    let card = contents.card
    var configuration = try card.architecture.requireRecurrent(path: contents.path)
    configuration.usesWeightNormalization = normalized ?? configuration.usesWeightNormalization
    configuration.dropout = dropout ?? configuration.dropout
    let model: LanguageModel
    do {
      model = try LanguageModel(configuration)
    } catch let error as ModelError {
      throw CheckpointError.notACheckpoint(path: contents.path, reason: error.description)
    }
    try checkKeys(model, contents)
    for parameter in model.parameters where ModelContents.isStored(parameter.path, card) {
      let values = try values(for: parameter, in: contents)
      parameter.variable.update { $0.copy(from: values) }
    }
    return StoredModel(model: model, head: try head(contents), card: card, tokenizer: try tokenizer(contents))
  }

  private static func checkKeys(_ model: LanguageModel, _ contents: ModelContents) throws {
    let keys = ModelContents.keys
    let fileIsNormalized = contents.tensors.contains { keys.path(ofKey: $0.name)?.hasSuffix(".direction") == true }
    var expected: [(name: String, shape: [Int])] = []
    for parameter in model.parameters where ModelContents.isStored(parameter.path, contents.card) {
      let matrix = MatrixPath(parameter.path)
      switch matrix.part {
      case .whole where fileIsNormalized && matrix.mayBeNormalized(keys):
        expected.append((keys.key(matrix.gain), [parameter.shape[0], 1]))
        expected.append((keys.key(matrix.direction), parameter.shape))
      case .direction where !fileIsNormalized: expected.append((keys.key(matrix.base), parameter.shape))
      case .gain where !fileIsNormalized: break
      default: expected.append((keys.key(parameter.path), parameter.shape))
      }
    }
    if model.configuration.isTied, ModelContents.isStored("decoder.weight", contents.card) {
      expected.append(
        (ModelContents.decoderKeys.weight, [model.configuration.vocabularySize, model.configuration.embeddingSize]))
    }
    if let classifier = contents.card.classifier {
      let classes = max(classifier.labels.count, 1)
      expected.append((ModelContents.headKeys.weight, [classes, classifier.features.width(for: model.configuration)]))
      expected.append((ModelContents.headKeys.bias, [classes]))
    }
    if contents.card.tokenizer.hasModel {
      expected.append((ModelContents.tokenizerKey, contents[ModelContents.tokenizerKey]?.shape ?? [1]))
    }
    try KeyMismatch.check(
      expected: expected, found: contents.tensors.map { ($0.name, $0.values.shape) }, path: contents.path)
  }

  /// The tokenizer of the card, from the bytes that the file holds of it.
  private static func tokenizer(_ contents: ModelContents) throws -> any Tokenizer {
    let (described, path, key) = (contents.card.tokenizer, contents.path, ModelContents.tokenizerKey)
    if described == .bytes { return CharacterTokenizer() }
    guard described.hasModel, let values = contents[key] else { return UnknownTokenizer(described) }
    guard values.type == .uint8 else {
      throw FormatError.wrongType(
        path: path, key: key, expected: StoredType.uint8.rawValue, found: values.type.rawValue)
    }
    var bytes: [UInt8] = []
    try values.forEachPiece { bytes += $0 }
    // Compared before the bytes are given to the library, which trusts what it is given.
    guard
      SentencePieceTokenizer.identity(of: bytes, vocabularySize: described.vocabularySize) == described.identity
    else {
      throw CheckpointError.notACheckpoint(path: path, reason: "its tokenizer is not the one its card names")
    }
    do {
      let tokenizer = try SentencePieceTokenizer(modelBytes: bytes)
      guard tokenizer.vocabularySize == described.vocabularySize else {
        throw CorpusError.unusableTokenizer(path: nil, reason: "it has \(tokenizer.vocabularySize) tokens")
      }
      return tokenizer
    } catch {
      throw CheckpointError.notACheckpoint(path: path, reason: "\(error)")
    }
  }

  /// The array for a parameter, from its own name or from the other form of its matrix.
  private static func values(for parameter: NamedParameter, in contents: ModelContents) throws -> Tensor {
    let keys = ModelContents.keys
    let key = keys.key(parameter.path)
    if contents.contains(key) { return try contents.tensor(named: key, shape: parameter.shape) }
    let matrix = MatrixPath(parameter.path)
    switch matrix.part {
    case .whole:
      return mergedWeight(
        direction: try contents.tensor(named: keys.key(matrix.direction), shape: parameter.shape),
        gain: try contents.tensor(named: keys.key(matrix.gain), shape: [parameter.shape[0], 1]))
    case .direction: return try contents.tensor(named: keys.key(matrix.base), shape: parameter.shape)
    case .gain: return rowNorms(of: try contents.tensor(named: keys.key(matrix.base)))
    }
  }

  private static func head(_ contents: ModelContents) throws -> LinearClassifier? {
    guard contents.card.classifier != nil else { return nil }
    return LinearClassifier(
      weight: try contents.tensor(named: ModelContents.headKeys.weight),
      bias: try contents.tensor(named: ModelContents.headKeys.bias))
  }
}

/// A parameter's path taken apart: a matrix, its gain and its direction are three forms of one thing.
private struct MatrixPath {
  enum Part { case whole, direction, gain }

  let base: String
  let part: Part

  init(_ path: String) {
    if path.hasSuffix(".direction") {
      (base, part) = (String(path.dropLast(".direction".count)), .direction)
    } else if path.hasSuffix(".gain") {
      (base, part) = (String(path.dropLast(".gain".count)), .gain)
    } else {
      (base, part) = (path, .whole)
    }
  }

  var gain: String { base + ".gain" }
  var direction: String { base + ".direction" }

  /// Whether files may hold gain and direction in place of the matrix.
  func mayBeNormalized(_ keys: KeyMap) -> Bool { keys.key(forPath: direction) != nil }
}
