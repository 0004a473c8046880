import Models
import Tensors

/// Applies an optimizer to all parameters of a model and keeps its state.
public final class ParameterUpdater {
  /// The rule.
  public let optimizer: any Optimizer
  /// The parameters, in the order of ``state``.
  public let parameters: [Parameter]
  /// State arrays of each parameter.
  public let state: [[Tensor]]
  /// Steps taken.
  public internal(set) var stepCount = 0

  /// Starts with zero state.
  public init(_ optimizer: any Optimizer, parameters: [Parameter]) {
    self.optimizer = optimizer
    self.parameters = parameters
    state = parameters.map { parameter in optimizer.stateNames.map { _ in Tensor(zeros: parameter.shape) } }
  }

  /// The Euclidean norm of all gradients together.
  public var gradientNorm: Double {
    parameters.reduce(0) { $0 + ($1.variable.gradient.map(squaredNorm) ?? 0) }.squareRoot()
  }

  /// Takes one step and clears the gradients.
  ///
  /// With `clip` above 0 gradients are multiplied by `min(1, clip / (norm + 1e-6))`, norm being that of all of them.
  /// When the norm is not finite, parameters and state stay as they are and the step does not count.
  ///
  /// - Returns: the norm before clipping.
  @discardableResult
  public func step(rate: Double, clip: Double) -> Double {
    let norm = gradientNorm
    guard norm.isFinite else {
      for parameter in parameters { parameter.variable.clearGradient() }
      return norm
    }
    let scale = clip > 0 ? min(1, clip / (norm + 1e-6)) : 1
    stepCount += 1
    for (parameter, state) in zip(parameters, state) {
      guard let gradient = parameter.variable.gradient else { continue }
      optimizer.update(
        parameter.variable.value, gradient: gradient, state: state, rate: rate, gradientScale: scale, step: stepCount)
      parameter.variable.valueDidChange()
      parameter.variable.clearGradient()
    }
    return norm
  }
}
