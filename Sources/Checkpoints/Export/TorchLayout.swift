import Formats

/// The original toolkit's nesting of a model's arrays.
///
/// A language model is `{'encoder': {'encoder': …, 'rnn': …}, 'decoder': …}`. A classifier holds that, with its decoder,
/// as `'lm_encoder'` beside `'classifier'`. The card is a text beside them, and the bytes of a SentencePiece model are
/// an array, which the original never looks at.
enum TorchLayout {
  static func value(of contents: ModelContents) throws -> PythonValue {
    let own =
      [(ModelCard.metadataKey, PythonValue.text(try contents.card.encoded()))]
      + (leaf(contents, ModelContents.tokenizerKey).map { [(ModelContents.tokenizerKey, $0)] } ?? [])
    let isTied = try contents.card.architecture.requireRecurrent(path: contents.path).isTied
    let model = languageModel(contents, isTied: isTied)
    guard contents.card.classifier != nil else {
      return .dictionary(model + own)
    }
    return .dictionary([("classifier", head(contents)), ("lm_encoder", .dictionary(model))] + own)
  }

  private static func languageModel(_ contents: ModelContents, isTied: Bool) -> [(String, PythonValue)] {
    let shared = isTied ? "tied" : nil
    let embedding = leaf(contents, ModelContents.embeddingKey, storage: shared)
    let rnnPrefix = "encoder.rnn."
    let layers = contents.tensors.filter { $0.name.hasPrefix(rnnPrefix) }
      .map { (String($0.name.dropFirst(rnnPrefix.count)), PythonValue.tensor(PythonValue.Leaf($0.values))) }
    var result: [(String, PythonValue)] = [
      (
        "encoder",
        .dictionary([
          ("encoder", .dictionary(embedding.map { [("weight", $0)] } ?? [], ordered: true)),
          ("rnn", .dictionary(layers, ordered: true)),
        ])
      )
    ]
    let decoder = [("weight", ModelContents.decoderKeys.weight), ("bias", ModelContents.decoderKeys.bias)]
      .compactMap { key, name in
        leaf(contents, name, storage: name == ModelContents.decoderKeys.weight ? shared : nil).map { (key, $0) }
      }
    if !decoder.isEmpty { result.append(("decoder", .dictionary(decoder, ordered: true))) }
    return result
  }

  /// Weight and bias for one class; for several a head of layers without a hidden one, which is the same function.
  private static func head(_ contents: ModelContents) -> PythonValue {
    let weight = leaf(contents, ModelContents.headKeys.weight, storage: "head weight") ?? .none
    let bias = leaf(contents, ModelContents.headKeys.bias, storage: "head bias") ?? .none
    guard let classifier = contents.card.classifier, classifier.labels.count > 1 else {
      return .dictionary([("weight", weight), ("bias", bias)])
    }
    let slope = PythonValue.Leaf(.float32(.init([0.25], shape: [1])))
    let thresholds = PythonValue.Leaf(
      .float32(.init(classifier.thresholds.map(Float.init), shape: [classifier.thresholds.count])))
    return .dictionary([
      (
        "sd",
        .dictionary(
          [
            ("nonlinearity.weight", .tensor(slope)), ("final_layer.weight", weight), ("final_layer.bias", bias),
            ("model.1.weight", weight), ("model.1.bias", bias),
          ], ordered: true)
      ),
      ("thresholds", .tensor(thresholds)), ("dual_threshold", .boolean(false)), ("double_threshold", .boolean(false)),
    ])
  }

  private static func leaf(_ contents: ModelContents, _ name: String, storage: String? = nil) -> PythonValue? {
    guard let values = contents[name] else { return nil }
    return .tensor(PythonValue.Leaf(values, storage: storage))
  }
}
