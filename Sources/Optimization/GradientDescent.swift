import Tensors

/// `p ← p − rate · (g + weightDecay · p)`.
public struct StochasticGradientDescent: Optimizer {
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule.
  public init(weightDecay: Double = 0) {
    self.weightDecay = weightDecay
  }

  /// None: the rule has no memory.
  public let stateNames: [String] = []

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    scaleAdd(
      gradient, by: Float(-rate * gradientScale), to: parameter, keeping: Float(1 - rate * weightDecay))
  }
}

/// Gradient descent with momentum μ (Polyak 1964): with `g = gradient + weightDecay · p`, `m ← μ m + g` and
/// `p ← p − rate · m`, or with Nesterov's look-ahead `p ← p − rate · (g + μ m)`.
public struct MomentumGradientDescent: Optimizer {
  /// Share of the earlier step that is kept.
  public var momentum: Double
  /// Whether the step looks ahead.
  public var isNesterov: Bool
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule.
  public init(momentum: Double, isNesterov: Bool = false, weightDecay: Double = 0) {
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
  }

  /// The running step.
  public let stateNames = ["momentum"]

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    settings.weightDecay = weightDecay
    settings.rate = rate
    settings.beta1 = momentum
    optimizerUpdate(
      .momentum(isNesterov: isNesterov), parameter, gradient: gradient, first: state[0], second: nil,
      settings: settings)
  }
}
