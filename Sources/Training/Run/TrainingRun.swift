/// A run of a task from its first step to its last: epochs and their verdicts, divergence, checkpoints, stopping.
///
/// What conforms says what an epoch is worth and what a checkpoint holds; the loop is the same for all.
protocol TrainingRun: AnyObject {
  associatedtype Task: TrainingTask

  var trainer: Trainer<Task> { get }
  var plan: RunPlan { get }
  /// What the loop has counted; saved with a checkpoint.
  var record: RunRecord { get set }
  /// Whether this run has written a checkpoint.
  var hasOwnCheckpoints: Bool { get set }
  /// Steps that were taken before this process went on.
  var firstStep: Int { get }
  /// Is asked after every step; `true` ends the run.
  var shouldStop: () -> Bool { get }

  /// Gets the data of the epoch that begins or goes on now; `false` when the caller asked to stop meanwhile.
  func prepareEpoch() throws -> Bool
  /// Steps begin, at the start of an epoch or within it.
  func beginSteps(isNewEpoch: Bool)
  /// Takes note of a step, before it is judged.
  func note(_ outcome: StepOutcome, seconds: Double)
  /// Tells of a step that stays; `isLast` of its epoch.
  func report(_ outcome: StepOutcome, isLast: Bool)
  /// The loss by which the epoch is compared with others; `nil` when the caller asked to stop meanwhile.
  func judgeEpoch(seconds: Double) throws -> Double?
  /// The epoch just judged is the best so far.
  func keepBest() throws
  /// Writes what else is needed to go on from the model at the same step.
  func writeState(to path: String) throws
  func writeModel(to path: String) throws
  /// Puts model, optimizer and counts back to a checkpoint; data goes on.
  func goBack(toModel path: String, state: String, step: Int) throws
  func tell(_ event: RunEvent)
}

/// How a run is cut in epochs, and what is kept of it.
struct RunPlan {
  /// Steps of the whole run.
  var totalSteps: Int
  var stepsPerEpoch: Int
  /// Steps between checkpoints; 0 for none.
  var stepsPerCheckpoint: Int
  /// Whether every epoch ends with a checkpoint, where there are any.
  var endsEpochsWithCheckpoint: Bool
  /// Whether checkpoints come with what is needed to go on.
  var savesState: Bool
  /// Checkpoints that are kept, the last ones; 0 for all.
  var keptCheckpoints: Int
  var onDivergence: DivergenceResponse
  var folder: CheckpointFolder
}

/// What a run's loop has counted so far.
struct RunRecord: Codable {
  /// Lowest loss of an epoch that was judged.
  var bestLoss: Double?
  /// Whether the epoch that ends with this step has been judged.
  var isEvaluated = false
  /// Times the run went back to a checkpoint.
  var rollbacks = 0
  /// Steps of the checkpoints that the run has written and kept.
  var checkpoints: [Int] = []
  /// What watches the loss.
  var detector = DivergenceDetector()

  /// Whether the counts can be those of a run.
  var isSound: Bool {
    let counts = 0...TrainerPlace.greatestStep
    return counts.contains(rollbacks) && checkpoints.allSatisfy(counts.contains) && detector.isSound
  }
}

/// What happens in a run's loop besides its steps and epochs.
enum RunEvent {
  case overflowed(step: Int, scale: Double, next: Double)
  case diverging(step: Int, loss: Double, mean: Double)
  case rolledBack(path: String, rateFactor: Double)
  case setAside(folder: String)
}

/// Why a part of a run ended.
enum RunEnd { case none, interrupted, rolledBack }

extension TrainingRun {
  /// Steps taken or skipped.
  var step: Int { trainer.iteration }

  /// Whether an epoch ends with the last step.
  var isAtEpochEnd: Bool { step % plan.stepsPerEpoch == 0 || step == plan.totalSteps }

  /// Takes the remaining steps, and judges each epoch.
  func takeSteps() throws -> RunEnd {
    plan.folder.removePartialFiles()
    if plan.onDivergence == .rollback, step == 0 { try saveCheckpoint(withState: true) }
    // The state of a run may have been saved before the epoch's evaluation.
    if step > 0, isAtEpochEnd, !record.isEvaluated, try endEpoch(seconds: 0) == .interrupted { return .interrupted }
    while step < plan.totalSteps {
      guard try prepareEpoch() else { return .interrupted }
      let start = ContinuousClock.now
      switch try takeEpoch() {
      case .none: if try endEpoch(seconds: start.secondsAgo) == .interrupted { return .interrupted }
      case .rolledBack: break
      case .interrupted: return .interrupted
      }
    }
    return .none
  }

  /// Takes the epoch's remaining steps.
  private func takeEpoch() throws -> RunEnd {
    beginSteps(isNewEpoch: step % plan.stepsPerEpoch == 0)
    let end = min((step / plan.stepsPerEpoch + 1) * plan.stepsPerEpoch, plan.totalSteps)
    record.isEvaluated = false
    while step < end {
      let start = ContinuousClock.now
      let scale = trainer.updater.lossScale.value
      let taken: StepOutcome?
      do {
        taken = try trainer.step()
      } catch let error as TrainingError where plan.onDivergence == .rollback {
        try rollBack(after: error)
        return .rolledBack
      }
      guard let outcome = taken else { throw TrainingError.dataEnded(step: step, total: plan.totalSteps) }
      note(outcome, seconds: start.secondsAgo)
      if outcome.isSkipped {
        tell(.overflowed(step: step, scale: scale, next: trainer.updater.lossScale.value))
      } else if try isDiverging(outcome) {
        return .rolledBack
      }
      report(outcome, isLast: step == end)
      if plan.stepsPerCheckpoint > 0, step % plan.stepsPerCheckpoint == 0 {
        try saveCheckpoint(withState: plan.savesState)
      }
      if shouldStop(), step < plan.totalSteps { return .interrupted }
    }
    return .none
  }

  /// Judges the epoch, and keeps it when it is the best so far; the earlier one stays on a tie.
  private func endEpoch(seconds: Double) throws -> RunEnd {
    guard let loss = try judgeEpoch(seconds: seconds) else { return .interrupted }
    guard loss.isFinite else {
      throw TrainingError.lossNotFinite(
        step: step, rate: trainer.schedule.rate(afterSteps: trainer.updater.stepCount), isClipped: trainer.clip > 0)
    }
    if record.bestLoss.map({ loss < $0 }) ?? true {
      record.bestLoss = loss
      try keepBest()
    }
    record.isEvaluated = true
    // From the last step, more can be asked for.
    if plan.stepsPerCheckpoint > 0, step == plan.totalSteps || plan.endsEpochsWithCheckpoint {
      try saveCheckpoint(withState: plan.savesState)
    }
    return .none
  }

  /// Looks at a step's loss; whether the run went back because of it.
  private func isDiverging(_ outcome: StepOutcome) throws -> Bool {
    let mean = record.detector.mean
    guard record.detector.observe(outcome.loss), plan.onDivergence != .ignore else { return false }
    tell(.diverging(step: step, loss: outcome.loss, mean: mean))
    let error = TrainingError.diverged(step: step, loss: outcome.loss, mean: mean, rate: outcome.rate)
    switch plan.onDivergence {
    case .ignore, .warn: return false
    case .stop: throw error
    case .rollback:
      try rollBack(after: error)
      return true
    }
  }
}
