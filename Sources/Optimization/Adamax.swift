import Tensors

/// Adam with the largest gradient in place of the second moment (Kingma and Ba 2015):
/// `m ← β₁ m + (1 − β₁) g`, `u ← max(β₂ u, |g| + ε)`, `p ← p − rate / (1 − β₁ᵗ) · m / u`.
public struct Adamax: Optimizer {
  /// Decay of the first moment; 0.9 by default.
  public var beta1 = 0.9
  /// Decay of the largest gradient; 0.999 by default.
  public var beta2 = 0.999
  /// Keeps the divisor from zero; 1e-8 by default.
  public var epsilon = 1e-8
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule with its default settings.
  public init(weightDecay: Double = 0) {
    self.weightDecay = weightDecay
  }

  /// The first moment and the largest gradient.
  public let stateNames = ["first_moment", "largest_gradient"]

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    settings.weightDecay = weightDecay
    settings.rate = rate / biasCorrection(beta1, step: step)
    settings.beta1 = beta1
    settings.beta2 = beta2
    settings.epsilon = epsilon
    optimizerUpdate(.adamax, parameter, gradient: gradient, first: state[0], second: state[1], settings: settings)
  }
}
