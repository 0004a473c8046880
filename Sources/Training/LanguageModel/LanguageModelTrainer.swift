import Corpora
import Models
import Optimization
import Tensors

/// Trains a language model step by step: truncated back-propagation through time, clipping, one optimizer step.
public final class LanguageModelTrainer {
  /// What one step did.
  public struct StepOutcome: Sendable {
    /// Mean cross-entropy in nats over the targets, before the step.
    public var loss: Double
    /// Targets that counted.
    public var targetCount: Int
    /// Norm of all gradients before clipping, loss scale taken out.
    public var gradientNorm: Double
    /// The learning rate used.
    public var rate: Double
    /// What the loss was multiplied by.
    public var lossScale: Double
    /// Whether the parameters stayed, because a gradient was not finite.
    public var isSkipped: Bool
  }

  /// The model being trained.
  public let model: LanguageModel
  /// The optimizer with its state.
  public let updater: ParameterUpdater
  /// The learning rate.
  public internal(set) var schedule: LearningRateSchedule
  /// What the schedule's rate is multiplied by; below 1 after a run was rolled back.
  public internal(set) var rateFactor = 1.0
  /// Largest norm of the gradients; 0 for no limit.
  public let clip: Double
  /// State carried from batch to batch.
  public internal(set) var state: RecurrentState
  /// Steps skipped since the last one that was not.
  public internal(set) var skippedInARow = 0
  /// Whether the backward pass computes the states of a window anew, piece by piece, instead of keeping them.
  public let recomputesStates: Bool

  let engine: Engine
  private let seed: UInt64

  /// Starts with zero state.
  ///
  /// - Parameters:
  ///   - seed: names the dropout masks, together with the step number.
  ///   - lossScale: what half precision needs; none by default.
  ///   - recomputesStates: trades a second forward pass for the memory of a window; false by default.
  public init(
    model: LanguageModel, optimizer: any Optimizer, schedule: LearningRateSchedule, clip: Double, rows: Int,
    seed: UInt64, engine: Engine, lossScale: LossScale = .none, recomputesStates: Bool = false
  ) {
    self.model = model
    updater = ParameterUpdater(optimizer, parameters: model.parameters, lossScale: lossScale)
    self.schedule = schedule
    self.clip = clip
    self.seed = seed
    self.engine = engine
    self.recomputesStates = recomputesStates
    state = RecurrentState(zerosFor: rows, configuration: model.configuration)
  }

  /// Steps taken or skipped.
  public var iteration: Int { updater.stepCount + updater.skippedCount }

  /// Learns from one batch.
  ///
  /// - Throws: as ``step(_:)-([LanguageModelBatch])``.
  @discardableResult
  public func step(_ batch: LanguageModelBatch) throws -> StepOutcome { try step([batch]) }

  /// Learns from several batches, windows of the same rows one after another, in one optimizer step.
  ///
  /// The gradient is that of the mean over the targets of all batches.
  ///
  /// - Throws: ``TrainingError/lossNotFinite(step:rate:isClipped:)`` without a loss scale, and
  ///   ``TrainingError/lossScaleExhausted(step:scale:isDynamic:)`` with one that cannot help any more; model and
  ///   optimizer are as before the step.
  @discardableResult
  public func step(_ batches: [LanguageModelBatch]) throws -> StepOutcome {
    let number = iteration + 1
    let rate = schedule.rate(afterSteps: updater.stepCount) * rateFactor
    let scale = updater.lossScale.value
    let targets = batches.map(\.targetCount)
    let targetCount = targets.reduce(0, +)
    var keys = SeededGenerator(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
    var (loss, next) = (0.0, state)
    for (batch, count) in zip(batches, targets) {
      let share = batches.count == 1 ? 1 : Double(count) / Double(max(targetCount, 1))
      let result = pass(batch, from: next, dropoutKey: keys.next(), gradientScale: share * scale)
      loss += result.loss * share
      next = result.state
      if !loss.isFinite { break }
    }
    let isExhausted = updater.lossScale.isExhausted(skippedInARow: skippedInARow)
    var norm = Double.infinity
    if loss.isFinite { norm = updater.step(rate: rate, clip: clip) } else { updater.skip() }
    // A finite loss can have gradients beyond the range of numbers.
    guard norm.isFinite else {
      guard !isExhausted else {
        throw updater.lossScale.skipsOverflows
          ? TrainingError.lossScaleExhausted(step: number, scale: scale, isDynamic: updater.lossScale.isDynamic)
          : TrainingError.lossNotFinite(step: number, rate: rate, isClipped: clip > 0)
      }
      skippedInARow += 1
      if loss.isFinite { state = next }
      return StepOutcome(
        loss: loss, targetCount: targetCount, gradientNorm: norm, rate: rate, lossScale: scale, isSkipped: true)
    }
    skippedInARow = 0
    state = next
    return StepOutcome(
      loss: loss, targetCount: targetCount, gradientNorm: norm, rate: rate, lossScale: scale, isSkipped: false)
  }

  /// Loss of a batch, state after it, and its gradient added to the parameters'.
  func pass(
    _ batch: LanguageModelBatch, from state: RecurrentState, dropoutKey: UInt64, gradientScale: Double
  ) -> (loss: Double, state: RecurrentState) {
    let tape = Tape(engine, recording: true, recomputes: recomputesStates)
    let (logits, next) = model.logits(
      tokens: batch.inputs, rows: batch.rows, resetMask: batch.resetMask, state: state, dropoutKey: dropoutKey,
      on: tape)
    let loss = fusedSoftmaxCrossEntropy(
      consuming: logits, targets: batch.targets, mask: batch.lossMask, gradientScale: gradientScale, on: tape)
    if loss.value.isFinite { tape.backward(from: loss.variable) }
    return (loss.value, next)
  }
}
