import Corpora
import Formats
import Models

/// A recurrent model in a PyTorch file of the original toolkit, of any of its years.
///
/// Brought to one form: the names of the arrays of a language model, `classifier.weight` and `classifier.bias`.
struct OriginalModel {
  let path: String
  private let root: PythonValue
  /// What is left without the wrappers `sd` and `state_dict`.
  private let parts: PythonValue
  private let arrays: [(name: String, leaf: PythonValue.Leaf)]

  init(path: String, value: PythonValue) {
    self.path = path
    root = value
    parts = value["sd"] ?? value["state_dict"] ?? value
    let model = parts["lm_encoder"] ?? parts
    let named = model.namedTensors
    isFirst = named.contains { $0.name == KeyMap.recurrentLanguageModelOf2017.key("embedding.weight") }
    let known =
      isFirst
      ? FirstOriginalModel.renamed(named)
      : named.filter {
        $0.name.hasPrefix("encoder.") || $0.name.hasPrefix("decoder.")
      }
    // In the order of models here: embedding, decoder, layers.
    let isLayer = { (name: String) in name.hasPrefix("encoder.rnn.") }
    arrays = known.filter { !isLayer($0.name) } + known.filter { isLayer($0.name) }
  }

  /// Whether the names are those of December 2017.
  private let isFirst: Bool

  private func tensor(_ name: String) -> PythonValue.Leaf? { arrays.first { $0.name == name }?.leaf }

  /// Whether both orders of the gates occur in files like this one, and a decoder is there to tell which it is.
  var leavesGateOrderOpen: Bool {
    root[ModelCard.metadataKey] == nil && !isFirst
      && tensor(ModelContents.embeddingKey)?.values.shape.first == 256
      && tensor(ModelContents.decoderKeys.weight) != nil
      && tensor(ModelContents.decoderKeys.bias) != nil
  }

  /// The model in this program's layout.
  ///
  /// - Parameter gateOrder: the order of an LSTM's blocks; `nil` for that of the file's year, as far as it shows.
  /// - Throws: ``CheckpointError`` when it is none that this program runs.
  func contents(gateOrder: ModelCard.Origin.GateOrder?) throws -> ModelContents {
    if let text = root[ModelCard.metadataKey]?.text {
      let card = try ModelCard.decode(text, path: path)
      let head = card.classifier == nil ? [] : try OriginalHead(parts, root, path: path).arrays
      var tensors = arrays.map { (name: $0.name, values: $0.leaf.values) } + head
      if case .tensor(let leaf)? = root[ModelContents.tokenizerKey] {
        tensors.append((ModelContents.tokenizerKey, leaf.values))
      }
      return ModelContents(path: path, card: card, tensors: tensors)
    }
    if let transformer = TransformerDescription(value: root) {
      throw CheckpointError.unsupported(
        path: path, feature: "it is \(transformer.title), which this program inspects and converts, but does not run")
    }
    var architecture = try architecture()
    let vocabulary = architecture.vocabularySize
    let order = gateOrder ?? (isFirst ? .candidateLast : .candidateThird)
    var tensors: [(name: String, values: TensorPayload)] = arrays.map { ($0.name, $0.leaf.values) }
    if order == .candidateLast, architecture.cell.gateBlocks == 4 {
      tensors = tensors.map { ($0.name, Self.reordered($0.name, $0.values)) }
    }
    if vocabulary == 256 {
      architecture.vocabularySize = 257
      tensors = tensors.map { ($0.name, Self.widened($0.name, $0.values)) }
    }
    let options = root["args"] ?? .none
    let hasClassifier = parts["classifier"] != nil
    var card = ModelCard(
      kind: hasClassifier ? .classifier : .languageModel, architecture: .recurrent(architecture),
      cleaning: options["process_fn"]?.text.flatMap(CleaningMethod.init(rawValue:)) ?? .processString)
    card.tokenizer =
      [256, 257].contains(vocabulary) && options["tokenizer_type"]?.text != "SentencePieceTokenizer"
      ? .bytes : .unknown(vocabularySize: vocabulary)
    card.origin = ModelCard.Origin(
      source: isFirst ? .firstPyTorch : vocabulary == 256 ? .earlyPyTorch : .pyTorch, gateOrder: order,
      vocabularySize: vocabulary, lacksDecoder: tensor(ModelContents.decoderKeys.weight) == nil)
    if hasClassifier {
      let head = try OriginalHead(parts, root, path: path)
      card.classifier = try head.description(for: architecture)
      tensors += head.arrays
    }
    return ModelContents(path: path, card: card, tensors: tensors)
  }

  /// Sizes and cell, from the shapes.
  private func architecture() throws -> LanguageModelConfiguration {
    func refusal(_ reason: String) -> CheckpointError { .notACheckpoint(path: path, reason: reason) }
    guard let embedding = tensor(ModelContents.embeddingKey)?.values, embedding.shape.count == 2 else {
      throw refusal("it holds no language model: there is no matrix 'encoder.encoder.weight'")
    }
    let paths = arrays.compactMap { ModelContents.keys.path(ofKey: $0.name) }
    let hiddenWeight = "layers.0.hiddenWeight"
    let isNormalized = paths.contains(hiddenWeight + ".direction")
    let key = ModelContents.keys.key(hiddenWeight)
    guard let recurrent = tensor(isNormalized ? ModelContents.keys.key(hiddenWeight + ".direction") : key)?.values,
      recurrent.shape.count == 2, let width = recurrent.shape.last, width > 0,
      recurrent.shape[0].isMultiple(of: width)
    else { throw refusal("it holds no recurrent layer: there is no matrix '\(key)'") }
    let blocks = recurrent.shape[0] / width
    guard let cell = cell(blocks: blocks, paths) else {
      throw refusal("its recurrent layer has \(blocks) blocks, which no known cell has")
    }
    let depth = (paths.compactMap(ModelContents.layer(ofPath:)).max() ?? 0) + 1
    guard !isFirst || depth == 1 else {
      throw CheckpointError.unsupported(
        path: path, feature: "its \(depth) layers are joined by sums, which this program does not have")
    }
    let decoder = tensor(ModelContents.decoderKeys.weight)
    let isTied = decoder?.storage != nil && decoder?.storage == tensor(ModelContents.embeddingKey)?.storage
    return LanguageModelConfiguration(
      cell: cell, vocabularySize: embedding.shape[0], embeddingSize: embedding.shape[1], hiddenSize: width,
      layerCount: depth, isTied: isTied, usesWeightNormalization: isNormalized)
  }

  /// The cell whose arrays are those of the first layer; the options of the run decide where several have the same.
  private func cell(blocks: Int, _ paths: [String]) -> CellKind? {
    let found = Set(paths.filter { $0.hasPrefix("layers.0.") }.map { $0.split(separator: ".")[2] })
    let candidates = CellKind.allCases.filter { $0.gateBlocks == blocks }
    func difference(_ cell: CellKind) -> Int { found.symmetricDifference(cell.arrayNames.map { $0[...] }).count }
    guard let least = candidates.map(difference).min() else { return nil }
    let best = candidates.filter { difference($0) == least }
    let named = root["args"]?["model"]?.text.flatMap(CellKind.init(named:))
    return best.first { $0 == named } ?? best.first
  }

  /// An array of an LSTM with its third and fourth block of rows exchanged.
  private static func reordered(_ name: String, _ values: TensorPayload) -> TensorPayload {
    let parts = (ModelContents.keys.path(ofKey: name) ?? "").split(separator: ".")
    let shape = values.shape
    guard parts.count > 2, ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias"].contains(parts[2]),
      let rows = shape.first, rows.isMultiple(of: 4)
    else { return values }
    return .deferred(
      DeferredTensor(type: values.type, shape: shape) {
        let source = values.tensor.values
        let block = source.count / 4
        return .init(
          Array(source[..<(2 * block)]) + source[(3 * block)...] + source[(2 * block)..<(3 * block)], shape: shape)
      })
  }

  /// An array of a vocabulary of bytes with a row for padding.
  private static func widened(_ name: String, _ values: TensorPayload) -> TensorPayload {
    switch name {
    case _ where values.shape.first != 256: values
    case ModelContents.embeddingKey, ModelContents.decoderKeys.weight: PaddingRow.prepended(values)
    case ModelContents.decoderKeys.bias: PaddingRow.prepended(values, PaddingRow.unreachableScore)
    default: values
    }
  }
}

/// Files of December 2017, which have other names and one bias a layer.
enum FirstOriginalModel {
  /// The arrays under today's names, with zeros for the second bias; what is not known keeps its name.
  static func renamed(
    _ arrays: [(name: String, leaf: PythonValue.Leaf)]
  ) -> [(name: String, leaf: PythonValue.Leaf)] {
    let keys = ModelContents.keys
    return arrays.flatMap { name, leaf -> [(name: String, leaf: PythonValue.Leaf)] in
      guard let path = KeyMap.recurrentLanguageModelOf2017.path(ofKey: name) else { return [(name, leaf)] }
      guard path.hasSuffix(".inputBias") else { return [(keys.key(path), leaf)] }
      let shape = leaf.values.shape
      let zeros = DeferredTensor(type: leaf.values.type, shape: shape) { .init(zeros: shape) }
      let hidden = path.dropLast("inputBias".count) + "hiddenBias"
      return [(keys.key(path), leaf), (keys.key(String(hidden)), PythonValue.Leaf(.deferred(zeros)))]
    }
  }
}
