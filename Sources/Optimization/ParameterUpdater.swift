import Models
import Tensors

/// Applies an optimizer to all parameters of a model and keeps its state.
///
/// It is the half-precision wrapper of any optimizer as well: values, gradients and state are float32, gradients come
/// multiplied by ``lossScale``, and a step whose gradients are not finite is skipped.
public final class ParameterUpdater {
  /// The rule.
  public let optimizer: any Optimizer
  /// The parameters, in the order of ``state``.
  public let parameters: [Parameter]
  /// State arrays of each parameter.
  public let state: [[Tensor]]
  /// Steps that moved the parameters.
  public package(set) var stepCount = 0
  /// Steps left out because a gradient was not finite.
  public package(set) var skippedCount = 0
  /// What the gradients were multiplied by.
  public package(set) var lossScale: LossScale

  /// Starts with zero state.
  public init(_ optimizer: any Optimizer, parameters: [Parameter], lossScale: LossScale = .none) {
    self.optimizer = optimizer
    self.parameters = parameters
    self.lossScale = lossScale
    state = parameters.map { parameter in optimizer.stateNames.map { _ in Tensor(zeros: parameter.shape) } }
  }

  /// The Euclidean norm of all gradients together, as they are: multiplied by the loss scale.
  public var gradientNorm: Double {
    parameters.reduce(0) { $0 + ($1.variable.gradient.map(squaredNorm) ?? 0) }.squareRoot()
  }

  /// Takes one step and clears the gradients.
  ///
  /// Gradients are divided by the loss scale; then, with `clip` above 0, multiplied by `min(1, clip / (norm + 1e-6))`,
  /// norm being that of all of them. When the norm is not finite, parameters and state stay as they are and the step
  /// counts as skipped. Either way the loss scale takes note.
  ///
  /// - Returns: the norm before clipping, of the gradients divided by the loss scale.
  @discardableResult
  public func step(rate: Double, clip: Double) -> Double {
    let unscale = 1 / lossScale.value
    let norm = gradientNorm * unscale
    guard norm.isFinite else {
      skip()
      return norm
    }
    let scale = (clip > 0 ? min(1, clip / (norm + 1e-6)) : 1) * unscale
    stepCount += 1
    for (parameter, state) in zip(parameters, state) {
      guard let gradient = parameter.variable.gradient else { continue }
      parameter.variable.update {
        optimizer.update(
          $0, gradient: gradient, state: state, rate: rate, gradientScale: scale, step: stepCount)
      }
      parameter.variable.clearGradient()
    }
    lossScale.update(overflowed: false)
    return norm
  }

  /// Leaves out a step: drops the gradients and lets the loss scale fall.
  public func skip() {
    for parameter in parameters { parameter.variable.clearGradient() }
    lossScale.update(overflowed: true)
    if lossScale.skipsOverflows { skippedCount += 1 }
  }
}
