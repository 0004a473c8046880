import CKernels

/// `y = a · x + b · y`, element by element; with `b` 0 the old `y` is not read.
package func scaleAdd(_ x: Tensor, by a: Float, to y: Tensor, keeping b: Float) {
  precondition(x.count == y.count, "scale-add of \(x.shape) to \(y.shape)")
  withKernelPointers(x, y) {
    run(
      ck_scale_add, ck_scale_add_args(x: $0[0], y: $0[1], a: a, b: b, count: x.count), units: flatBlocks(x.count),
      grain: 8)
  }
}

/// `Σ x²`, in double precision over blocks in a fixed order, so that it does not depend on the threads.
package func squaredNorm(_ x: Tensor) -> Double {
  let blocks = flatBlocks(x.count)
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(blocks, 1)) { partial in
    withKernelPointers(x) {
      run(
        ck_square_sums, ck_square_sums_args(x: $0[0], partial: partial.baseAddress, count: x.count), units: blocks,
        grain: 8)
    }
    return partial[..<blocks].reduce(0, +)
  }
}

/// One Adam update with bias correction (Kingma and Ba 2015), in place.
///
/// With `g = gradientScale · gradient + weightDecay · p` and step number t from 1:
/// `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²`,
/// `p ← p − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)`.
package func adamUpdate(
  _ parameter: Tensor, gradient: Tensor, firstMoment: Tensor, secondMoment: Tensor, rate: Double, beta1: Double,
  beta2: Double, epsilon: Double, weightDecay: Double, gradientScale: Double, step: Int
) {
  for array in [gradient, firstMoment, secondMoment] {
    precondition(array.count == parameter.count, "an array \(array.shape) for a parameter \(parameter.shape)")
  }
  let correction1 = biasCorrection(beta1, step: step)
  let correction2 = biasCorrection(beta2, step: step)
  withKernelPointers(parameter, gradient, firstMoment, secondMoment) {
    run(
      ck_adam,
      ck_adam_args(
        parameter: $0[0], gradient: $0[1], first_moment: $0[2], second_moment: $0[3],
        gradient_scale: Float(gradientScale), beta1: Float(beta1), beta2: Float(beta2),
        step_size: Float(rate / correction1), inverse_root_correction2: Float(1 / correction2.squareRoot()),
        epsilon: Float(epsilon), weight_decay: Float(weightDecay), count: parameter.count),
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
