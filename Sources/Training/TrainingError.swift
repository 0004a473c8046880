/// A training run that cannot start or go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss is NaN or infinite.
  case lossNotFinite(step: Int, rate: Double, isClipped: Bool)
  /// The optimizer's file belongs to another moment than the model's.
  case stateOfAnotherStep(path: String, modelStep: Int, stateStep: Int)
  /// The optimizer's file does not fit the run.
  case stateMismatch(path: String, reason: String)
  /// The run to continue has already taken as many steps as asked for.
  case alreadyFinished(steps: Int, total: Int)
  /// The caller asked to stop before training began.
  case stoppedBeforeTraining
  /// Options that exclude each other or make no sense.
  case invalidSetting(String)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .lossNotFinite(let step, let rate, let isClipped):
      "the loss is no longer a finite number at step \(step) (learning rate \(rate)); nothing was saved since the last "
        + "checkpoint; try a lower --lr" + (isClipped ? "" : " or --clip 1")
    case .stateOfAnotherStep(let path, let modelStep, let stateStep):
      "\(path) holds the optimizer after step \(stateStep), but the model was saved after step \(modelStep); load the "
        + "checkpoint of step \(stateStep), or leave out --load-optim to start the optimizer anew"
    case .stateMismatch(let path, let reason): "cannot continue from \(path): \(reason)"
    case .alreadyFinished(let steps, let total):
      "the run has already taken \(steps) of \(total) steps; raise --train-iters or --epochs to go on"
    case .stoppedBeforeTraining: "stopped before training began; the same command goes on with what was prepared"
    case .invalidSetting(let reason): reason
    }
  }
}
