import Corpora
import Models
import Tensors

/// Measures a language model on held-out text.
public struct LanguageModelEvaluator {
  /// What computes.
  public let engine: Engine

  /// Makes an evaluator.
  public init(engine: Engine) {
    self.engine = engine
  }

  /// Mean cross-entropy in nats over the targets of `batches` batches.
  ///
  /// The sampler is restarted and the state zeroed first, so that every evaluation sees the same text.
  public func loss(of model: LanguageModel, on sampler: inout ShardSampler, batches: Int) throws -> Double {
    try loss(of: model, on: &sampler, batches: batches, shouldStop: { false }) ?? .nan
  }

  /// The same, asking `shouldStop` before every batch; `nil` when it said yes.
  public func loss(
    of model: LanguageModel, on sampler: inout ShardSampler, batches: Int, shouldStop: () -> Bool
  ) throws -> Double? {
    sampler.restart()
    var state = RecurrentState(zerosFor: sampler.rows, configuration: model.configuration)
    var (total, count) = (0.0, 0.0)
    for _ in 0..<batches {
      if shouldStop() { return nil }
      let batch = try sampler.nextBatch()
      let tape = Tape(engine, recording: false)
      let (logits, next) = model.logits(
        tokens: batch.inputs, rows: batch.rows, resetMask: batch.resetMask, state: state, on: tape)
      let loss = softmaxCrossEntropy(logits, targets: batch.targets, mask: batch.lossMask, on: tape)
      total += loss.value * loss.weight
      count += loss.weight
      state = next
    }
    return total / max(count, 1)
  }
}
