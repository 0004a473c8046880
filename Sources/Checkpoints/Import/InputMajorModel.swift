import Corpora
import Formats
import Models
import Tensors

/// A published mLSTM as its arrays stand in the file: matrices `[in, out]`, gates input, forget, output, candidate.
///
/// Every kind of published file is brought into this form first; ``contents(_:)`` turns it into this program's.
struct InputMajorModel {
  /// One layer; where there are several arrays, one for each gate.
  struct Layer {
    var inputWeight: [StoredTensor]
    var hiddenWeight: [StoredTensor]
    var multiplierInput: StoredTensor
    var multiplierHidden: StoredTensor
    var bias: [StoredTensor]
    var gains: Gains?
  }

  /// Norms of the columns of the four matrices; without them the matrices are ready to use.
  struct Gains {
    var input: [StoredTensor]
    var hidden: [StoredTensor]
    var multiplierInput: StoredTensor
    var multiplierHidden: StoredTensor
  }

  let path: String
  let embedding: StoredTensor
  let layers: [Layer]
  let decoder: (weight: StoredTensor, bias: StoredTensor)?

  /// The model in this program's names and layout; `steps` are the updates it was trained for, where that is known.
  func contents(_ source: ModelCard.Origin.Source, steps: Int? = nil) -> ModelContents {
    let (vocabulary, width) = (embedding.shape[0], layers[0].multiplierHidden.shape[0])
    let isBytes = vocabulary == 256
    let isNormalized = layers[0].gains != nil
    let table = TensorPayload.stored(embedding)
    var tensors: [(name: String, values: TensorPayload)] = [
      (ModelContents.embeddingKey, isBytes ? PaddingRow.prepended(table) : table)
    ]
    if let decoder {
      // Classes are token ids less one, both for bytes and for amino acids: padding never follows.
      tensors.append(
        (ModelContents.decoderKeys.weight, PaddingRow.prepended(ColumnBlocks([decoder.weight]).deferredRows())))
      tensors.append(
        (
          ModelContents.decoderKeys.bias,
          PaddingRow.prepended(ColumnBlocks([decoder.bias]).deferredVector(), PaddingRow.unreachableScore)
        ))
    }
    for (index, layer) in layers.enumerated() {
      tensors += Self.tensors(of: layer, prefix: "layers.\(index).")
    }
    let architecture = LanguageModelConfiguration(
      cell: .multiplicativeLSTM, vocabularySize: isBytes ? 257 : vocabulary, embeddingSize: embedding.shape[1],
      hiddenSize: width, layerCount: layers.count, usesWeightNormalization: isNormalized)
    var card = ModelCard(
      kind: .languageModel, architecture: .recurrent(architecture),
      cleaning: source == .uniRep ? .none : .processString)
    card.tokenizer =
      source == .uniRep ? .aminoAcids : isBytes ? .bytes : .unknown(vocabularySize: architecture.vocabularySize)
    card.training = steps.map {
      ModelCard.TrainingRecord(data: [], steps: $0, charactersSeen: 0, validationLoss: nil)
    }
    card.origin = ModelCard.Origin(
      source: source, gateOrder: .candidateLast, vocabularySize: vocabulary, lacksDecoder: decoder == nil)
    return ModelContents(path: path, card: card, tensors: tensors)
  }

  private static func tensors(of layer: Layer, prefix: String) -> [(name: String, values: TensorPayload)] {
    let bias = ColumnBlocks(gates: layer.bias).deferredVector()
    let zeros = TensorPayload.deferred(DeferredTensor(shape: bias.shape) { Tensor(zeros: bias.shape) })
    let matrices: [(name: String, rows: TensorPayload, gain: TensorPayload?)] = [
      (
        "inputWeight", ColumnBlocks(gates: layer.inputWeight).deferredRows(),
        layer.gains.map { ColumnBlocks(gates: $0.input).deferredRows() }
      ),
      (
        "hiddenWeight", ColumnBlocks(gates: layer.hiddenWeight).deferredRows(),
        layer.gains.map { ColumnBlocks(gates: $0.hidden).deferredRows() }
      ),
      (
        "multiplierInputWeight", ColumnBlocks([layer.multiplierInput]).deferredRows(),
        layer.gains.map { ColumnBlocks([$0.multiplierInput]).deferredRows() }
      ),
      (
        "multiplierHiddenWeight", ColumnBlocks([layer.multiplierHidden]).deferredRows(),
        layer.gains.map { ColumnBlocks([$0.multiplierHidden]).deferredRows() }
      ),
    ]
    let biases = [(prefix + "inputBias", bias), (prefix + "hiddenBias", zeros)]
    let weights = matrices.flatMap { name, rows, gain -> [(String, TensorPayload)] in
      guard let gain else { return [(prefix + name, rows)] }
      return [(prefix + name + ".gain", gain), (prefix + name + ".direction", rows)]
    }
    return (biases + weights).map { (ModelContents.keys.key($0.0), $0.1) }
  }
}
