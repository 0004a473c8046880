import CKernels

/// The update rules of ``optimizerUpdate(_:_:gradient:first:second:settings:)``.
package enum OptimizerRule: Sendable {
  /// Momentum: `m ← β₁ m + g`, `p ← p − rate · m`, or with Nesterov's look-ahead `p ← p − rate · (g + β₁ m)`.
  case momentum(isNesterov: Bool)
  /// Adam (Kingma and Ba 2015): `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²`,
  /// `p ← (1 − decayStep) p − rate · m / (√v · rootCorrection + ε)`.
  case adam
  /// `s ← s + g²`, `p ← p − rate · g / (√s + ε)` (Duchi, Hazan and Singer 2011).
  case adagrad
  /// Steps of the size of earlier ones over the size of the gradients (Zeiler 2012).
  case adadelta
  /// `s ← β₁ s + (1 − β₁) g²`, `p ← p − rate · g / (√s + ε)`; a second array gathers that step with momentum β₂.
  case rmsProp
  /// Adam with the largest gradient in place of the second moment (Kingma and Ba 2015).
  case adamax
  /// LAMB's direction (You et al. 2020) takes the gradient's place; the parameter stays.
  case lambDirection

  var kernel: (UnsafePointer<ck_optimizer_args>?, Int, Int) -> Void {
    switch self {
    case .momentum: ck_sgd_momentum
    case .adam: ck_adam
    case .adagrad: ck_adagrad
    case .adadelta: ck_adadelta
    case .rmsProp: ck_rmsprop
    case .adamax: ck_adamax
    case .lambDirection: ck_lamb_direction
    }
  }
}

/// Numbers of one update; a rule reads those that its formula has.
package struct OptimizerSettings: Sendable {
  /// Factor of the gradient.
  package var gradientScale = 1.0
  /// Multiple of the parameter added to the scaled gradient, or to LAMB's direction.
  package var weightDecay = 0.0
  /// Share of the parameter that decoupled decay takes away.
  package var decayStep = 0.0
  /// What multiplies the step; bias corrections included.
  package var rate = 1.0
  /// First decay factor.
  package var beta1 = 0.0
  /// Second decay factor.
  package var beta2 = 0.0
  /// Factor of the root of the second moment.
  package var rootCorrection = 1.0
  /// Keeps divisors from zero.
  package var epsilon = 0.0

  /// Settings that multiply by one and decay nothing.
  package init() {}
}

/// Updates `parameter` and its state arrays in place by `rule`, element by element.
///
/// All arrays have the parameter's count; rules with one array of state ignore `second`.
package func optimizerUpdate(
  _ rule: OptimizerRule, _ parameter: Tensor, gradient: Tensor, first: Tensor, second: Tensor?,
  settings: OptimizerSettings
) {
  for array in [gradient, first, second ?? first] {
    precondition(array.count == parameter.count, "an array \(array.shape) for a parameter \(parameter.shape)")
  }
  var isNesterov: Int32 = 0
  if case .momentum(true) = rule { isNesterov = 1 }
  var (oneMinusBeta1, oneMinusBeta2) = (Float(1 - settings.beta1), Float(1 - settings.beta2))
  // The shares as the kernel has them add up to one, so that a steady gradient's moments are its own.
  if case .adam = rule { (oneMinusBeta1, oneMinusBeta2) = (1 - Float(settings.beta1), 1 - Float(settings.beta2)) }
  withKernelPointers(parameter, gradient, first, second ?? first) {
    run(
      rule.kernel,
      ck_optimizer_args(
        parameter: $0[0], gradient: $0[1], first: $0[2], second: second == nil ? nil : $0[3],
        gradient_scale: Float(settings.gradientScale), weight_decay: Float(settings.weightDecay),
        decay_step: Float(settings.decayStep), rate: Float(settings.rate), beta1: Float(settings.beta1),
        beta2: Float(settings.beta2), one_minus_beta1: oneMinusBeta1,
        one_minus_beta2: oneMinusBeta2, correction: Float(settings.rootCorrection),
        epsilon: Float(settings.epsilon), is_nesterov: isNesterov, count: parameter.count),
      units: flatBlocks(parameter.count), grain: 4)
  }
}

/// `1 − baseᵗ`, the bias correction of a running mean after t steps; the power by squaring.
package func biasCorrection(_ base: Double, step: Int) -> Double {
  var (power, factor, left) = (1.0, base, step)
  while left > 0 {
    if left & 1 == 1 { power *= factor }
    factor *= factor
    left >>= 1
  }
  return 1 - power
}
