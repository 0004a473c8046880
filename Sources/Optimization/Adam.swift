import Tensors

/// Adam (Kingma and Ba 2015) with bias correction.
///
/// `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²`, `p ← p − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)`.
public struct Adam: Optimizer {
  /// How the pull towards zero acts.
  public enum Decay: Sendable {
    /// As a part of the gradient: `g ← g + weightDecay · p`.
    case inGradient
    /// By itself, before the step: `p ← p − rate · weightDecay · p` (AdamW, Loshchilov and Hutter 2019).
    case decoupled
  }

  /// Decay of the first moment; 0.9 by default.
  public var beta1 = 0.9
  /// Decay of the second moment; 0.999 by default.
  public var beta2 = 0.999
  /// Added to the root of the second moment; 1e-8 by default.
  public var epsilon = 1e-8
  /// Multiple of the parameter that pulls it towards zero; 0 by default.
  public var weightDecay: Double
  /// How that acts; in the gradient by default.
  public var decay: Decay

  /// Makes the rule with its default settings.
  public init(weightDecay: Double = 0, decay: Decay = .inGradient) {
    self.weightDecay = weightDecay
    self.decay = decay
  }

  /// The two moments.
  public let stateNames = ["first_moment", "second_moment"]

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    switch decay {
    case .inGradient: settings.weightDecay = weightDecay
    case .decoupled: settings.decayStep = rate * weightDecay
    }
    settings.rate = rate / biasCorrection(beta1, step: step)
    settings.beta1 = beta1
    settings.beta2 = beta2
    settings.rootCorrection = 1 / biasCorrection(beta2, step: step).squareRoot()
    settings.epsilon = epsilon
    optimizerUpdate(.adam, parameter, gradient: gradient, first: state[0], second: state[1], settings: settings)
  }
}
