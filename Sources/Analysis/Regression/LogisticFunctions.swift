import Foundation

/// 1 / (1 + e⁻ᶻ), exact to rounding for large |z|.
@inlinable
public func logistic(_ z: Double) -> Double {
  if z >= 0 { return 1 / (1 + exp(-z)) }
  let power = exp(z)
  return power / (1 + power)
}

/// log(1 + eᶻ) without overflow.
func softplus(_ z: Double) -> Double {
  max(z, 0) + log1p(exp(-abs(z)))
}
