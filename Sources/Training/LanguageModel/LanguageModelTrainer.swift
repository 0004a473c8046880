import Corpora
import Models
import Tensors

/// Trains a language model batch by batch: truncated back-propagation through time, clipping, one optimizer step.
public final class LanguageModelTrainer {
  /// What one step did.
  public struct StepOutcome: Sendable {
    /// Mean cross-entropy in nats over the batch's targets, before the step.
    public var loss: Double
    /// Targets that counted.
    public var targetCount: Int
    /// Norm of all gradients before clipping.
    public var gradientNorm: Double
    /// The learning rate used.
    public var rate: Double
  }

  /// The model being trained.
  public let model: LanguageModel
  /// The optimizer with its state.
  public let updater: ParameterUpdater
  /// The learning rate.
  public let schedule: LearningRateSchedule
  /// Largest norm of the gradients; 0 for no limit.
  public let clip: Double
  /// State carried from batch to batch.
  public internal(set) var state: RecurrentState

  private let engine: Engine
  private let seed: UInt64

  /// Starts with zero state.
  ///
  /// - Parameter seed: names the dropout masks, together with the step number.
  public init(
    model: LanguageModel, optimizer: any Optimizer, schedule: LearningRateSchedule, clip: Double, rows: Int,
    seed: UInt64, engine: Engine
  ) {
    self.model = model
    updater = ParameterUpdater(optimizer, parameters: model.parameters)
    self.schedule = schedule
    self.clip = clip
    self.seed = seed
    self.engine = engine
    state = RecurrentState(zerosFor: rows, configuration: model.configuration)
  }

  /// Learns from one batch.
  ///
  /// - Throws: ``TrainingError/lossNotFinite(step:rate:isClipped:)``, with model and optimizer as before the step.
  @discardableResult
  public func step(_ batch: LanguageModelBatch) throws -> StepOutcome {
    let stepNumber = updater.stepCount + 1
    let rate = schedule.rate(afterSteps: updater.stepCount)
    let tape = Tape(engine, recording: true)
    var keys = SeededGenerator(seed: seed &+ UInt64(stepNumber) &* 0x9E37_79B9)
    let (logits, next) = model.logits(
      tokens: batch.inputs, rows: batch.rows, resetMask: batch.resetMask, state: state, dropoutKey: keys.next(),
      on: tape)
    let (loss, _) = softmaxCrossEntropy(logits, targets: batch.targets, mask: batch.lossMask, on: tape)
    guard loss.isFinite else {
      throw TrainingError.lossNotFinite(step: stepNumber, rate: rate, isClipped: clip > 0)
    }
    tape.backward()
    let norm = updater.step(rate: rate, clip: clip)
    // A finite loss can have gradients beyond the range of numbers.
    guard norm.isFinite else {
      throw TrainingError.lossNotFinite(step: stepNumber, rate: rate, isClipped: clip > 0)
    }
    state = next
    return StepOutcome(loss: loss, targetCount: batch.targetCount, gradientNorm: norm, rate: rate)
  }
}

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
    sampler.restart()
    var state = RecurrentState(zerosFor: sampler.rows, configuration: model.configuration)
    var (total, count) = (0.0, 0.0)
    for _ in 0..<batches {
      let batch = try sampler.nextBatch()
      let tape = Tape(engine, recording: false)
      let (logits, next) = model.logits(
        tokens: batch.inputs, rows: batch.rows, resetMask: batch.resetMask, state: state, on: tape)
      let (loss, targets) = softmaxCrossEntropy(logits, targets: batch.targets, mask: batch.lossMask, on: tape)
      total += loss * targets
      count += targets
      state = next
    }
    return total / max(count, 1)
  }
}
