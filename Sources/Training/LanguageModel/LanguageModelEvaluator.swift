import Corpora
import Models
import Tensors

/// Measures a language model on held-out text.
public struct LanguageModelEvaluator {
  /// What computes.
  public let engine: Engine
  /// Multiplications between two questions whether to stop: less than a second of work.
  private static let workBetweenQuestions = 1e10
  /// Steps that are worth computing together, however large the model is.
  private static let leastSteps = 8

  /// Makes an evaluator.
  public init(engine: Engine) {
    self.engine = engine
  }

  /// Steps that are computed together: those are all whose scores are in memory at a time.
  static func stepsAtOnce(_ configuration: LanguageModelConfiguration, rows: Int) -> Int {
    let work = Double(configuration.parameterCount) * Double(rows)
    return max(leastSteps, Int(min(workBetweenQuestions / max(work, 1), 1e9)))
  }

  /// Mean cross-entropy in nats over the targets of all texts.
  ///
  /// The sampler is restarted and the state zeroed first, so that every evaluation sees the same text. The mean does not
  /// depend on rows, windows or the order of the texts.
  ///
  /// - Parameter batches: batches that are read at most; nil for all there are.
  public func loss(of model: LanguageModel, on sampler: inout PackedSampler, batches: Int? = nil) throws -> Double {
    try loss(of: model, on: &sampler, batches: batches, shouldStop: { false }) ?? .nan
  }

  /// The same, asking `shouldStop` at least every second or so; `nil` when it said yes.
  ///
  /// - Parameter observe: is told after every batch the number of targets that are done.
  public func loss(
    of model: LanguageModel, on sampler: inout PackedSampler, batches: Int? = nil, observe: (Int) -> Void = { _ in },
    shouldStop: () -> Bool
  ) throws -> Double? {
    sampler.restart()
    var state = RecurrentState(zerosFor: sampler.rows, configuration: model.configuration)
    let length = Self.stepsAtOnce(model.configuration, rows: sampler.rows)
    var (total, count, number) = (0.0, 0.0, 0)
    while number < batches ?? .max, let batch = try sampler.nextBatch() {
      for start in stride(from: 0, to: batch.sequenceLength, by: length) {
        if shouldStop() { return nil }
        let part = batch.steps(start..<min(start + length, batch.sequenceLength))
        let tape = Tape(engine, recording: false)
        let (logits, next) = model.logits(
          tokens: part.inputs, rows: part.rows, resetMask: part.resetMask, state: state, on: tape)
        let loss = softmaxCrossEntropy(logits, targets: part.targets, mask: part.lossMask, on: tape)
        total += loss.value * loss.weight
        count += loss.weight
        state = next
      }
      number += 1
      observe(Int(count))
    }
    return total / max(count, 1)
  }
}
