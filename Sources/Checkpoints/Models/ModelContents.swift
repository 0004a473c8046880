import Formats
import Models
import Tensors

/// A model as it goes into a file or comes out of one: the card, and the arrays under this program's names.
struct ModelContents {
  let path: String
  let card: ModelCard
  let tensors: [(name: String, values: TensorPayload)]

  private let indexByName: [String: Int]

  /// What arrays of the language model are called in files.
  static let keys = KeyMap.recurrentLanguageModel
  static let headKeys = (weight: "classifier.weight", bias: "classifier.bias")
  static let embeddingKey = keys.key("embedding.weight")
  static let tokenizerKey = "tokenizer.model"
  static let decoderKeys = (weight: keys.key("decoder.weight"), bias: keys.key("decoder.bias"))

  /// The number in a path `layers.<number>.…`; `nil` for others.
  static func layer(ofPath path: String) -> Int? {
    let parts = path.split(separator: ".")
    return parts.count > 1 && parts[0] == "layers" ? Int(parts[1]) : nil
  }

  init(path: String, card: ModelCard, tensors: [(name: String, values: TensorPayload)]) {
    self.path = path
    self.card = card
    self.tensors = tensors
    indexByName = Dictionary(tensors.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The arrays of a model and of its head, stored as `type` says.
  ///
  /// - Parameter tokenizerBytes: those of a SentencePiece model, which are stored as they are.
  init(
    _ model: LanguageModel, head: LinearClassifier?, card: ModelCard, tokenizerBytes: [UInt8]? = nil,
    type: StoredType = .float32, path: String
  ) {
    let stored = model.parameters.filter { Self.isStored($0.path, card) }
    var arrays = stored.map { (name: Self.keys.key($0.path), values: $0.variable.value) }
    // A tied matrix has no path of its own, and stands in files under both keys.
    if model.configuration.isTied, Self.isStored("decoder.weight", card),
      let embedding = arrays.first(where: { $0.name == Self.embeddingKey })
    {
      arrays.append((Self.decoderKeys.weight, embedding.values))
    }
    if let head {
      arrays.append((Self.headKeys.weight, head.weight))
      arrays.append((Self.headKeys.bias, head.bias))
    }
    self.init(
      path: path, card: card,
      tensors: arrays.map { ($0.name, type == .float16 ? .float16($0.values) : .float32($0.values)) }
        + (tokenizerBytes.map { [(Self.tokenizerKey, .uint8($0, shape: [$0.count]))] } ?? []))
  }

  /// Whether the parameter at `path` stands in the file: the decoder may be missing in a file of others.
  static func isStored(_ path: String, _ card: ModelCard) -> Bool {
    card.origin?.lacksDecoder != true || !path.hasPrefix("decoder.")
  }

  /// Refuses a card whose model would be far larger than the file, before anything of that size is allocated.
  ///
  /// Somewhat larger ones pass, so that a missing tensor is reported by its name.
  func requirePlausibleSizes() throws {
    let stored = tensors.reduce(0) { $0 + $1.values.count }
    guard try card.architecture.requireRecurrent(path: path).parameterCount / 8 <= stored else {
      throw CheckpointError.notACheckpoint(
        path: path, reason: "its card describes a larger model than the \(stored) numbers it holds")
    }
  }

  func contains(_ name: String) -> Bool { indexByName[name] != nil }

  subscript(name: String) -> TensorPayload? { indexByName[name].map { tensors[$0].values } }

  /// An array as float32; its name and shape have been checked before.
  func tensor(named name: String, shape: [Int]? = nil) throws -> Tensor {
    guard let values = self[name] else {
      throw FormatError.missingKey(path: path, key: name, available: tensors.map(\.name))
    }
    guard shape == nil || values.shape == shape else {
      throw FormatError.wrongShape(path: path, key: name, expected: shape ?? [], found: values.shape)
    }
    guard values.type.isFloatingPoint else {
      throw FormatError.wrongType(
        path: path, key: name, expected: "floating-point numbers", found: values.type.rawValue)
    }
    return values.tensor
  }

  /// The same model with its floating-point arrays stored as `type`.
  func converted(to type: StoredType?) -> ModelContents {
    guard let type else { return self }
    return ModelContents(path: path, card: card, tensors: tensors.map { ($0.name, $0.values.converted(to: type)) })
  }
}
