import Tensors

/// LAMB (You and others 2020): Adam's direction, lengthened or shortened for each array to the length of the array itself.
///
/// With Adam's bias-corrected moments m̂ and v̂: `u = m̂ / (√v̂ + ε) + weightDecay · p`, `p ← p − rate · ‖p‖ / ‖u‖ · u`; the
/// ratio is 1 where either norm is 0.
public struct LAMB: Optimizer {
  /// Decay of the first moment; 0.9 by default.
  public var beta1 = 0.9
  /// Decay of the second moment; 0.999 by default.
  public var beta2 = 0.999
  /// Added to the root of the second moment; 1e-6 by default.
  public var epsilon = 1e-6
  /// Multiple of the parameter added to the direction; 0.01 by default, as in the paper.
  public var weightDecay: Double

  /// Makes the rule with its default settings.
  public init(weightDecay: Double = 0.01) {
    self.weightDecay = weightDecay
  }

  /// The two moments.
  public let stateNames = ["first_moment", "second_moment"]

  /// Moves `parameter` in place by the rule above; the gradient is overwritten.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    var settings = OptimizerSettings()
    settings.gradientScale = gradientScale
    settings.weightDecay = weightDecay
    settings.rate = 1 / biasCorrection(beta1, step: step)
    settings.beta1 = beta1
    settings.beta2 = beta2
    settings.rootCorrection = 1 / biasCorrection(beta2, step: step).squareRoot()
    settings.epsilon = epsilon
    optimizerUpdate(
      .lambDirection, parameter, gradient: gradient, first: state[0], second: state[1], settings: settings)
    let (length, directionLength) = (squaredNorm(parameter).squareRoot(), squaredNorm(gradient).squareRoot())
    let trust = length > 0 && directionLength > 0 ? length / directionLength : 1
    scaleAdd(gradient, by: Float(-rate * trust), to: parameter, keeping: 1)
  }
}
