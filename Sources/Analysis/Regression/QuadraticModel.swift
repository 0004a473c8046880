import CBLAS

/// A dense symmetric matrix, row after row.
struct SquareMatrix {
  let size: Int
  private(set) var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// Adds A·Aᵀ to the upper triangle, A being `size` rows of `width` values.
  mutating func addProduct(of factor: UnsafeMutableBufferPointer<Double>, width: Int) {
    let order = Int32(size)
    values.withUnsafeMutableBufferPointer { values in
      cblas_dsyrk(
        CblasRowMajor, CblasUpper, CblasNoTrans, order, Int32(width), 1, factor.baseAddress, Int32(width), 1,
        values.baseAddress, max(order, 1))
    }
  }

  /// Copies the upper triangle to the lower one.
  mutating func mirror() {
    values.withUnsafeMutableBufferPointer { values in
      for row in 0..<size {
        for column in 0..<row { values[row * size + column] = values[column * size + row] }
      }
    }
  }
}

/// The second-order model gᵀd + ½·dᵀHd of a loss around a point, to be minimised with the L1 penalty added exactly.
struct QuadraticModel {
  /// H.
  let gram: SquareMatrix
  /// g at the starting point.
  let gradient: [Double]

  /// Cyclic coordinate descent; returns the minimising coefficients.
  ///
  /// - Parameters:
  ///   - start: Coefficients at which g was taken.
  ///   - tolerance: Stop when no coordinate of a sweep moves by more than this, in units of the gradient.
  ///   - maximumSweeps: Give up (with what was reached) after so many sweeps.
  func minimise(from start: [Double], tolerance: Double, maximumSweeps: Int) -> [Double] {
    let size = gram.size
    var coefficients = start
    var slope = gradient
    coefficients.withUnsafeMutableBufferPointer { coefficients in
      slope.withUnsafeMutableBufferPointer { slope in
        gram.values.withUnsafeBufferPointer { gram in
          for _ in 0..<maximumSweeps {
            var largest = 0.0
            for index in 0..<size {
              let curvature = gram[index * size + index]
              // A feature that is zero in every row has no say.
              guard curvature > 0 else { continue }
              let current = coefficients[index]
              let moved = Self.softThreshold(current * curvature - slope[index], 1) / curvature
              let change = moved - current
              guard change != 0 else { continue }
              coefficients[index] = moved
              largest = max(largest, abs(change) * curvature)
              addScaled(
                UnsafeBufferPointer(rebasing: gram[index * size..<(index + 1) * size]), change, to: slope)
            }
            if largest <= tolerance { break }
          }
        }
      }
    }
    return coefficients
  }

  static func softThreshold(_ value: Double, _ threshold: Double) -> Double {
    value > threshold ? value - threshold : (value < -threshold ? value + threshold : 0)
  }
}
