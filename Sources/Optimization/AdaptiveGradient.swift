import Tensors

/// Adagrad (Duchi, Hazan and Singer 2011): `s ← s + g²`, `p ← p − rate · g / (√s + ε)`.
public struct Adagrad: Optimizer {
  /// Keeps the divisor from zero; 1e-10 by default.
  public var epsilon = 1e-10
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule with its default settings.
  public init(weightDecay: Double = 0) {
    self.weightDecay = weightDecay
  }

  /// The sum of squared gradients.
  public let stateNames = ["squared_sum"]

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    settings.weightDecay = weightDecay
    settings.rate = rate
    settings.epsilon = epsilon
    optimizerUpdate(.adagrad, parameter, gradient: gradient, first: state[0], second: nil, settings: settings)
  }
}

/// Adadelta (Zeiler 2012): `s ← ρ s + (1 − ρ) g²`, `d = g · √(q + ε) / √(s + ε)`, `q ← ρ q + (1 − ρ) d²`,
/// `p ← p − rate · d`.
///
/// PyTorch's default rate for it is 1; a rate as for Adam makes it very slow.
public struct Adadelta: Optimizer {
  /// Decay of both running means; 0.9 by default.
  public var rho = 0.9
  /// Keeps roots and divisors from zero; 1e-6 by default.
  public var epsilon = 1e-6
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule with its default settings.
  public init(weightDecay: Double = 0) {
    self.weightDecay = weightDecay
  }

  /// Running means of squared gradients and of squared steps.
  public let stateNames = ["squared_mean", "squared_step"]

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    settings.weightDecay = weightDecay
    settings.rate = rate
    settings.beta1 = rho
    settings.epsilon = epsilon
    optimizerUpdate(.adadelta, parameter, gradient: gradient, first: state[0], second: state[1], settings: settings)
  }
}

/// RMSprop (Hinton 2012): `s ← α s + (1 − α) g²`, `d = g / (√s + ε)`, with momentum μ `m ← μ m + d` and `d = m`,
/// `p ← p − rate · d`.
public struct RMSProp: Optimizer {
  /// Decay of the running mean; 0.99 by default.
  public var alpha = 0.99
  /// Keeps the divisor from zero; 1e-8 by default.
  public var epsilon = 1e-8
  /// Share of the earlier step that is kept; 0 by default.
  public var momentum: Double
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule with its default settings.
  public init(momentum: Double = 0, weightDecay: Double = 0) {
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// The running mean of squared gradients, and the running step where there is momentum.
  public var stateNames: [String] { momentum > 0 ? ["squared_mean", "momentum"] : ["squared_mean"] }

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    settings.weightDecay = weightDecay
    settings.rate = rate
    settings.beta1 = alpha
    settings.beta2 = momentum
    settings.epsilon = epsilon
    optimizerUpdate(
      .rmsProp, parameter, gradient: gradient, first: state[0], second: momentum > 0 ? state[1] : nil,
      settings: settings)
  }
}
