// Explicit SIMD because the compiler may not reorder floating-point sums itself. Sums are kept in double precision.

/// Σ x·y with `x` in single precision; both have the same length.
func dotProduct(_ x: UnsafeBufferPointer<Float>, _ y: UnsafeBufferPointer<Double>) -> Double {
  precondition(x.count == y.count, "dot product of \(x.count) and \(y.count) values")
  let count = x.count
  let whole = count & ~15
  let xBytes = UnsafeRawBufferPointer(x)
  let yBytes = UnsafeRawBufferPointer(y)
  var first = SIMD8<Double>()
  var second = SIMD8<Double>()
  var index = 0
  while index < whole {
    let x0 = xBytes.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
    let x1 = xBytes.loadUnaligned(fromByteOffset: index * 4 + 32, as: SIMD8<Float>.self)
    first += SIMD8<Double>(x0) * yBytes.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
    second += SIMD8<Double>(x1) * yBytes.loadUnaligned(fromByteOffset: index * 8 + 64, as: SIMD8<Double>.self)
    index += 16
  }
  var sum = (first + second).sum()
  while index < count {
    sum += Double(x[index]) * y[index]
    index += 1
  }
  return sum
}

/// Σ x·y in double precision; both have the same length.
func dotProduct(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
  precondition(x.count == y.count, "dot product of \(x.count) and \(y.count) values")
  let count = x.count
  let whole = count & ~7
  let xBytes = UnsafeRawBufferPointer(x)
  let yBytes = UnsafeRawBufferPointer(y)
  var sums = SIMD8<Double>()
  var index = 0
  while index < whole {
    sums +=
      xBytes.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
      * yBytes.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
    index += 8
  }
  var sum = sums.sum()
  while index < count {
    sum += x[index] * y[index]
    index += 1
  }
  return sum
}

/// target += factor·x; both have the same length.
func addScaled(_ x: UnsafeBufferPointer<Float>, _ factor: Double, to target: UnsafeMutableBufferPointer<Double>) {
  precondition(x.count == target.count, "sum of \(x.count) and \(target.count) values")
  for index in 0..<x.count { target[index] += factor * Double(x[index]) }
}

/// target += factor·x in double precision; both have the same length.
func addScaled(_ x: UnsafeBufferPointer<Double>, _ factor: Double, to target: UnsafeMutableBufferPointer<Double>) {
  precondition(x.count == target.count, "sum of \(x.count) and \(target.count) values")
  for index in 0..<x.count { target[index] += factor * x[index] }
}
