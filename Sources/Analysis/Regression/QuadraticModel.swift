/// The second-order model gᵀd + ½·dᵀHd of a loss around a point, to be minimised with the L1 penalty added exactly.
struct QuadraticModel {
  /// H.
  let gram: SquareMatrix
  /// Coefficients; they start at the point around which the model was made.
  private(set) var coefficients: [Double]
  /// g + H·d, the slope of the model at the coefficients.
  private var slope: [Double]

  init(gram: SquareMatrix, gradient: [Double], start: [Double]) {
    self.gram = gram
    coefficients = start
    slope = gradient
  }

  /// Minimises until no optimality condition is violated by more than the tolerance, in units of the gradient.
  ///
  /// Coordinate descent finds which coefficients are zero but creeps when features are correlated; Newton steps over the
  /// non-zero ones take over the rest of the way.
  mutating func minimise(tolerance: Double) {
    for _ in 0..<60 {
      for _ in 0..<50 {
        sweep()
        if violation <= tolerance { return }
      }
      stepWithinOrthant()
    }
  }

  private var violation: Double {
    zip(coefficients, slope).reduce(0) { max($0, ProximalNewton.violation(coefficient: $1.0, gradient: $1.1)) }
  }

  /// Minimises over each coefficient in turn.
  private mutating func sweep() {
    let size = gram.size
    gram.values.withUnsafeBufferPointer { gram in
      coefficients.withUnsafeMutableBufferPointer { coefficients in
        slope.withUnsafeMutableBufferPointer { slope in
          for index in 0..<size {
            let curvature = gram[index * size + index]
            // A feature that is zero in every row has no say.
            guard curvature > 0 else { continue }
            let current = coefficients[index]
            let moved = Self.softThreshold(current * curvature - slope[index], 1) / curvature
            let change = moved - current
            guard change != 0 else { continue }
            coefficients[index] = moved
            addScaled(UnsafeBufferPointer(rebasing: gram[index * size..<(index + 1) * size]), change, to: slope)
          }
        }
      }
    }
  }

  /// Newton steps over the non-zero coefficients; those that would change their sign become zero.
  ///
  /// Inside one orthant the penalty is linear, so that the model is a plain quadratic there.
  private mutating func stepWithinOrthant() {
    for _ in 0..<2 {
      let used = coefficients.indices.filter { coefficients[$0] != 0 }
      let steepness = used.map { -(slope[$0] + (coefficients[$0] > 0 ? 1 : -1)) }
      guard !used.isEmpty, let direction = gram.selecting(used).solution(of: steepness, ridge: 1e-12) else { return }

      var reach = 1.0
      for (position, index) in used.enumerated() {
        let crossing = -coefficients[index] / direction[position]
        if crossing > 0, crossing < reach { reach = crossing }
      }
      if reach == 1 {
        move(used, along: direction, length: 1)
        return
      }
      // Going on past the first change of sign drops many coefficients at once, but may raise the model.
      let before = (coefficients, slope)
      let change = move(used, along: direction, length: 1)
      if change >= 0 {
        (coefficients, slope) = before
        move(used, along: direction, length: reach)
      }
    }
  }

  /// Moves some coefficients, stopping each at zero, and returns how much the model with its penalty changes.
  @discardableResult
  private mutating func move(_ used: [Int], along direction: [Double], length: Double) -> Double {
    let size = gram.size
    var changes: [(index: Int, change: Double)] = []
    var difference = 0.0
    for (position, index) in used.enumerated() {
      let current = coefficients[index]
      let step = length * direction[position]
      let stops = current * (current + step) <= 0 || length == -current / direction[position]
      let moved = stops ? 0 : current + step
      changes.append((index, moved - current))
      difference += abs(moved) - abs(current) + 0.5 * slope[index] * (moved - current)
      coefficients[index] = moved
    }
    gram.values.withUnsafeBufferPointer { gram in
      slope.withUnsafeMutableBufferPointer { slope in
        for (index, change) in changes where change != 0 {
          addScaled(UnsafeBufferPointer(rebasing: gram[index * size..<(index + 1) * size]), change, to: slope)
        }
      }
    }
    // gᵀd + ½·dᵀHd is the mean of the slopes before and after, times d.
    for (index, change) in changes { difference += 0.5 * slope[index] * change }
    return difference
  }

  private static func softThreshold(_ value: Double, _ threshold: Double) -> Double {
    value > threshold ? value - threshold : (value < -threshold ? value + threshold : 0)
  }
}
