import Checkpoints
import Corpora
import Models
import Tensors

/// Prediction of the next token: windows of text one after another, and the state carried between them
/// (truncated back-propagation through time).
public final class LanguageModelTask: TrainingTask {
  /// The model being trained.
  public let model: LanguageModel
  /// Where batches come from; `nil` when they are only handed to ``Trainer/step(_:)-([Task.Batch])``.
  public internal(set) var sampler: (any TrainingSampler)?
  /// State carried from batch to batch.
  public internal(set) var state: RecurrentState

  private let streams: RandomStreams
  private var keys = SeededGenerator(seed: 0)
  /// State after the last batch of the step that is being taken.
  private var next: RecurrentState

  /// Starts with zero state.
  ///
  /// - Parameters:
  ///   - rows: rows of every batch.
  ///   - seed: names the dropout masks, together with the step number.
  public init(_ model: LanguageModel, sampler: (any TrainingSampler)? = nil, rows: Int, seed: UInt64) {
    self.model = model
    self.sampler = sampler
    streams = RandomStreams(seed: seed)
    state = RecurrentState(zerosFor: rows, configuration: model.configuration)
    next = state
  }

  /// Those of the model.
  public var parameters: [NamedParameter] { model.parameters }

  /// Under the keys of the model's files.
  public func stateName(ofPath path: String) -> String { KeyMap.recurrentLanguageModel.key(path) }

  /// The next window of each row; text begins anew where it ends.
  public func nextBatch() throws -> LanguageModelBatch? { try sampler?.nextTrainingBatch() }

  /// Bytes of text that the targets of all batches stand for.
  var bytesDelivered: Int { sampler?.delivered.bytes ?? 0 }

  /// The targets that count.
  public func weight(of batch: LanguageModelBatch) -> Double { Double(batch.targetCount) }

  /// Names the step's dropout masks.
  public func beginStep(_ number: Int) {
    keys = streams.generator(of: .dropout, step: number)
    next = state
  }

  /// Mean cross-entropy in nats over the targets.
  public func loss(of batch: LanguageModelBatch, gradientScale: Double, on tape: Tape) -> BatchLoss {
    let (logits, after) = model.logits(
      tokens: batch.inputs, rows: batch.rows, resetMask: batch.resetMask, state: next, dropoutKey: keys.next(),
      on: tape)
    next = after
    let loss = fusedSoftmaxCrossEntropy(
      consuming: logits, targets: batch.targets, mask: batch.lossMask, gradientScale: gradientScale, on: tape)
    return BatchLoss(variable: loss.variable, value: loss.value, isScaled: true)
  }

  /// The state runs on, unless the loss was no number.
  public func endStep(keeping isKept: Bool) {
    if isKept { state = next } else { next = state }
  }

  /// The place in the text, without what concerns rows.
  public var position: SamplerState? { sampler?.trainingState }

  /// The carried state by layer.
  public var arrays: [(name: String, values: Tensor)] {
    state.layers.enumerated().flatMap { index, layer in
      [("state.\(index).hidden", layer.hidden)] + (layer.cell.map { [("state.\(index).cell", $0)] } ?? [])
    }
  }

  /// The place of each row in its texts.
  public var integerArrays: [IntegerArray] {
    (position?.arrays ?? []).map { IntegerArray(name: $0.name, values: $0.values, shape: $0.shape) }
  }

  /// Goes on in the text where a saved run stood; states of older versions have their rows in the text.
  public func restore(_ position: SamplerState?, integers: (String) throws -> [Int64]) throws {
    guard var position else { return }
    if position.lacksRows { try position.takeRows(integers) }
    try sampler?.restore(position)
  }
}
