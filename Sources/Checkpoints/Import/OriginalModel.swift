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
    // In the order of models here: embedding, decoder, layers.
    let isLayer = { (name: String) in name.hasPrefix("encoder.rnn.") }
    let known = (FirstOriginalNames.renamed(named) ?? named).filter {
      $0.name.hasPrefix("encoder.") || $0.name.hasPrefix("decoder.")
    }
    arrays = known.filter { !isLayer($0.name) } + known.filter { isLayer($0.name) }
    isFirst = FirstOriginalNames.renamed(named) != nil
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
      kind: hasClassifier ? .classifier : .languageModel, architecture: architecture,
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
    let layers = arrays.compactMap { $0.name.split(separator: ".").dropFirst(3).first.flatMap { Int($0) } }
    let prefix = "encoder.rnn.rnns.0."
    let isNormalized = tensor(prefix + "w_hh_v") != nil
    guard let recurrent = tensor(prefix + (isNormalized ? "w_hh_v" : "w_hh"))?.values, recurrent.shape.count == 2,
      let width = recurrent.shape.last, width > 0, recurrent.shape[0].isMultiple(of: width)
    else { throw refusal("it holds no recurrent layer: there is no matrix '\(prefix)w_hh'") }
    let isMultiplicative = tensor(prefix + "w_mih") != nil || tensor(prefix + "w_mih_v") != nil
    let cell: CellKind
    switch recurrent.shape[0] / width {
    case 4: cell = isMultiplicative ? .multiplicativeLSTM : .lstm
    case 3: cell = .gru
    case 1: cell = root["args"]?["model"]?.text.flatMap(CellKind.init(named:)) ?? .relu
    default: throw refusal("its recurrent layer has \(recurrent.shape[0] / width) blocks, which no known cell has")
    }
    let depth = (layers.max() ?? 0) + 1
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

  /// An array of an LSTM with its third and fourth block of rows exchanged.
  private static func reordered(_ name: String, _ values: TensorPayload) -> TensorPayload {
    let part = name.split(separator: ".").last.map(String.init) ?? ""
    let shape = values.shape
    guard ["w_ih", "w_hh", "b_ih", "b_hh"].contains(where: { part == $0 || part == $0 + "_g" || part == $0 + "_v" }),
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

/// The names of December 2017: flat, merged, with one bias a layer.
enum FirstOriginalNames {
  /// The arrays under today's names; nil when the names are others.
  static func renamed(
    _ arrays: [(name: String, leaf: PythonValue.Leaf)]
  ) -> [(name: String, leaf: PythonValue.Leaf)]? {
    guard arrays.contains(where: { $0.name == "embedder.weight" }) else { return nil }
    let parts = [
      "wx.weight": "w_ih", "wh.weight": "w_hh", "wh.bias": "b_ih", "wmx.weight": "w_mih", "wmh.weight": "w_mhh",
    ]
    return arrays.flatMap { name, leaf -> [(name: String, leaf: PythonValue.Leaf)] in
      switch name {
      case "embedder.weight": return [(ModelContents.embeddingKey, leaf)]
      case "rnn.h2o.weight": return [(ModelContents.decoderKeys.weight, leaf)]
      case "rnn.h2o.bias": return [(ModelContents.decoderKeys.bias, leaf)]
      default:
        let words = name.split(separator: ".", maxSplits: 3).map(String.init)
        guard words.count == 4, words[0] == "rnn", words[1] == "layers", let part = parts[words[3]] else { return [] }
        let prefix = "encoder.rnn.rnns.\(words[2])."
        guard part == "b_ih" else { return [(prefix + part, leaf)] }
        let shape = leaf.values.shape
        let zeros = DeferredTensor(type: leaf.values.type, shape: shape) { .init(zeros: shape) }
        return [(prefix + part, leaf), (prefix + "b_hh", PythonValue.Leaf(.deferred(zeros)))]
      }
    }
  }
}
