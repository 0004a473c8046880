import Files
import Optimization

/// A training run that cannot start or go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss is NaN or infinite.
  case lossNotFinite(step: Int, rate: Double, isClipped: Bool)
  /// Gradients overflow half precision at every scale that is allowed.
  case lossScaleExhausted(step: Int, scale: Double, isDynamic: Bool)
  /// The loss has left its range.
  case diverged(step: Int, loss: Double, mean: Double, rate: Double)
  /// Going back to a checkpoint did not help.
  case rollbackFailed(step: Int, rollbacks: Int)
  /// The optimizer's file belongs to another moment than the model's.
  case stateOfAnotherStep(path: String, modelStep: Int, stateStep: Int)
  /// The optimizer's file does not fit the run.
  case stateMismatch(path: String, reason: String)
  /// A setting differs from that of the run to continue.
  case differentRun(path: String, what: RunSetting, saved: String, now: String)
  /// The texts differ from those of the run to continue.
  case differentTexts(path: String)
  /// The run to continue has already taken as many steps as asked for.
  case alreadyFinished(steps: Int, total: Int)
  /// There is no checkpoint to go on from.
  case nothingToResume(folder: String)
  /// The data has no batch for the next step.
  case dataEnded(step: Int, total: Int)
  /// Another process trains the same model.
  case alreadyRunning(save: String)
  /// The caller asked to stop before training began.
  case stoppedBeforeTraining
  /// The tokenizer asked for is not that of the model to start from.
  case anotherTokenizer(TokenizerContradiction)
  /// Settings that exclude each other or make no sense.
  case invalidSetting(String)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .lossNotFinite(let step, let rate, _):
      "the loss is no longer a finite number at step \(step) (learning rate \(rate)); nothing was saved since the last "
        + "checkpoint"
    case .lossScaleExhausted(let step, let scale, let isDynamic):
      isDynamic
        ? "gradients are not finite at step \(step) although the loss scale has fallen to \(scale); nothing was saved "
          + "since the last checkpoint"
        : "gradients were not finite in \(LossScale.patience + 1) steps in a row up to step \(step) with a loss scale of "
          + "\(scale)"
    case .diverged(let step, let loss, let mean, let rate):
      "the run diverges: the loss of step \(step) is \(rounded(loss)) after a running mean of \(rounded(mean)) (learning "
        + "rate \(rate))"
    case .rollbackFailed(let step, let rollbacks):
      "the run diverges again at step \(step) after going back \(rollbacks) times"
    case .stateOfAnotherStep(let path, let modelStep, let stateStep):
      "\(path.printable) holds the optimizer after step \(stateStep), but the model was saved after step "
        + "\(modelStep)"
    case .stateMismatch(let path, let reason): "cannot continue from \(path.printable): \(reason)"
    case .differentRun(let path, let what, let saved, let now):
      "cannot continue from \(path.printable): it was made with \(what) \(saved.printable), and this run has \(now.printable)"
    case .differentTexts(let path):
      "cannot continue from \(path.printable): its training texts are not those of this run"
    case .alreadyFinished(let steps, let total):
      "the run has already taken \(steps) of \(total) steps"
    case .nothingToResume(let folder):
      "there is no checkpoint to resume in \(folder.printable)"
    case .dataEnded(let step, let total): "the training data ends after \(step) of \(total) steps"
    case .alreadyRunning(let save):
      "another process is training \(save.printable) at this moment"
    case .stoppedBeforeTraining: "stopped before training began; the same command goes on with what was prepared"
    case .anotherTokenizer(let contradiction): contradiction.description
    case .invalidSetting(let reason): reason
    }
  }

  private func rounded(_ loss: Double) -> String { "\((loss * 1000).rounded() / 1000)" }
}
