import Models
import Optimization
import Tensors

/// Trains a task step by step: gradients of several batches, clipping, one optimizer step.
public final class Trainer<Task: TrainingTask> {
  /// What is trained.
  public let task: Task
  /// The optimizer with its state.
  public let updater: ParameterUpdater
  /// The learning rate.
  public internal(set) var schedule: LearningRateSchedule
  /// What the schedule's rate is multiplied by; below 1 after a run was rolled back.
  public internal(set) var rateFactor = 1.0
  /// Largest norm of the gradients; 0 for no limit.
  public let clip: Double
  /// Batches whose gradients are gathered for one optimizer step.
  public let accumulationSteps: Int
  /// Steps skipped since the last one that was not.
  public internal(set) var skippedInARow = 0
  /// Whether the backward pass computes what it can anew instead of keeping it.
  public let recomputes: Bool

  let engine: Engine

  /// Starts with an optimizer that has seen nothing.
  ///
  /// - Parameters:
  ///   - updater: the optimizer over the task's parameters.
  ///   - clip: largest norm of the gradients; no limit by default.
  ///   - accumulationSteps: batches for one optimizer step; 1 by default.
  ///   - recomputes: trades a second forward pass for the memory of a batch; false by default.
  public init(
    _ task: Task, updater: ParameterUpdater, schedule: LearningRateSchedule, clip: Double = 0,
    accumulationSteps: Int = 1, engine: Engine, recomputes: Bool = false
  ) {
    self.task = task
    self.updater = updater
    self.schedule = schedule
    self.clip = clip
    self.accumulationSteps = max(1, accumulationSteps)
    self.engine = engine
    self.recomputes = recomputes
  }

  /// Steps taken or skipped.
  public var iteration: Int { updater.stepCount + updater.skippedCount }

  /// Draws the batches of a step and learns from them; the last step may have fewer than the others.
  ///
  /// - Returns: `nil` where the data has ended.
  /// - Throws: as ``step(_:)-([Task.Batch])``, and what the task throws.
  public func step() throws -> StepOutcome? {
    var batches: [Task.Batch] = []
    while batches.count < accumulationSteps, let batch = try task.nextBatch() { batches.append(batch) }
    return batches.isEmpty ? nil : try step(batches)
  }

  /// Learns from one batch.
  ///
  /// - Throws: as ``step(_:)-([Task.Batch])``.
  @discardableResult
  public func step(_ batch: Task.Batch) throws -> StepOutcome { try step([batch]) }

  /// Learns from several batches in one optimizer step.
  ///
  /// The gradient is that of the mean over all of them, each with its weight.
  ///
  /// - Throws: ``TrainingError/lossNotFinite(step:rate:isClipped:)`` without a loss scale, and
  ///   ``TrainingError/lossScaleExhausted(step:scale:isDynamic:)`` with one that cannot help any more; parameters,
  ///   optimizer and what the task carries are as before the step.
  @discardableResult
  public func step(_ batches: [Task.Batch]) throws -> StepOutcome {
    let number = iteration + 1
    let rate = schedule.rate(afterSteps: updater.stepCount) * rateFactor
    let scale = updater.lossScale.value
    let weights = batches.map(task.weight)
    let weight = weights.reduce(0, +)
    task.beginStep(number)
    var loss = 0.0
    for (batch, own) in zip(batches, weights) {
      let share = batches.count == 1 ? 1 : own / (weight > 0 ? weight : 1)
      loss += pass(batch, gradientScale: share * scale) * share
      if !loss.isFinite { break }
    }
    let isExhausted = updater.lossScale.isExhausted(skippedInARow: skippedInARow)
    var norm = Double.infinity
    if loss.isFinite { norm = updater.step(rate: rate, clip: clip) } else { updater.skip() }
    // A finite loss can have gradients beyond the range of numbers.
    let isSkipped = !norm.isFinite
    if isSkipped, isExhausted {
      task.endStep(keeping: false)
      throw updater.lossScale.skipsOverflows
        ? TrainingError.lossScaleExhausted(step: number, scale: scale, isDynamic: updater.lossScale.isDynamic)
        : TrainingError.lossNotFinite(step: number, rate: rate, isClipped: clip > 0)
    }
    skippedInARow = isSkipped ? skippedInARow + 1 : 0
    task.endStep(keeping: loss.isFinite)
    return StepOutcome(
      loss: loss, weight: weight, gradientNorm: norm, rate: rate, lossScale: scale, isSkipped: isSkipped)
  }

  /// Loss of a batch, its gradient added to the parameters'.
  func pass(_ batch: Task.Batch, gradientScale: Double) -> Double {
    let tape = Tape(engine, recording: true, recomputes: recomputes)
    let loss = task.loss(of: batch, gradientScale: gradientScale, on: tape)
    if loss.value.isFinite { tape.backward(from: loss.variable, scale: loss.isScaled ? 1 : gradientScale) }
    return loss.value
  }
}

/// What one step did.
public struct StepOutcome: Sendable {
  /// Mean loss before the step.
  public var loss: Double
  /// What it is the mean of: the weights of the step's batches together.
  public var weight: Double
  /// Norm of all gradients before clipping, loss scale taken out.
  public var gradientNorm: Double
  /// The learning rate used.
  public var rate: Double
  /// What the loss was multiplied by.
  public var lossScale: Double
  /// Whether the parameters stayed, because a gradient was not finite.
  public var isSkipped: Bool
}
