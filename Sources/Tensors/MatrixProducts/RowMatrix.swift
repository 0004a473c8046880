import CKernels

/// A weight matrix `[n, k]` for products with one row, each of its numbers read once and none copied before.
///
/// Such a product does two operations for each number, so that its time is that of reading the matrix: the narrower the
/// type, the faster.
final class RowMatrix: PreparedMatrix {
  private let weights: Tensor
  private let scales: Tensor?

  /// Rows worth a thread of their own are at least this many elements.
  private static let grainElements = 1 << 17

  init(_ b: Tensor, as type: ElementType) {
    if type == .int8 {
      let quantized = QuantizedRows(b.converted(to: .float32))
      (weights, scales) = (quantized.values, quantized.scales)
    } else {
      (weights, scales) = (b.converted(to: type), nil)
    }
  }

  func multiply(_ a: Tensor, into c: Tensor, accumulate: Bool) {
    precondition(
      a.columns == weights.columns && c.columns == weights.rowCount && c.rowCount == a.rowCount,
      "product of \(a.shape) and the rows of \(weights.shape) into \(c.shape)")
    let a = a.converted(to: .float32)
    for row in 0..<a.rowCount {
      multiply(row: a.rows(row, count: 1), into: c.rows(row, count: 1), accumulate: accumulate)
    }
  }

  private func multiply(row: Tensor, into out: Tensor, accumulate: Bool) {
    guard let scales else {
      withRawKernelPointers(weights, row, out) { run($0[0], $0[1], nil, $0[2], accumulate: accumulate) }
      return
    }
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: row.count) { whole in
      let scale = Self.roundToWhole(row, into: whole)
      let product = Tensor(uninitialized: out.shape)
      withRawKernelPointers(weights, scales, product) {
        run($0[0], whole.baseAddress, $0[1], $0[2], accumulate: false)
      }
      scaleAdd(product, by: scale, to: out, keeping: accumulate ? 1 : 0)
    }
  }

  private func run(
    _ weights: UnsafeRawPointer, _ x: UnsafeRawPointer?, _ scales: UnsafeRawPointer?, _ out: UnsafeMutableRawPointer,
    accumulate: Bool
  ) {
    Tensors.run(
      ck_row_product,
      ck_row_product_args(
        weights: weights, type: self.weights.elementType.kernelElement, x: x,
        scales: scales?.assumingMemoryBound(to: Float.self), out: out.assumingMemoryBound(to: Float.self),
        width: self.weights.columns, accumulate: accumulate ? 1 : 0),
      units: self.weights.rowCount, grain: max(1, Self.grainElements / max(self.weights.columns, 1)))
  }

  /// Rounds to sixteen bits, which loses nothing beside eight-bit weights; returns the size of a unit.
  private static func roundToWhole(_ row: Tensor, into whole: UnsafeMutableBufferPointer<Int16>) -> Float {
    row.withUnsafeElements { elements in
      let largest = elements.reduce(Float(0)) { max($0, abs($1)) }
      let inverse = largest > 0 && largest.isFinite ? 32767 / largest : 0
      for (index, element) in elements.enumerated() {
        whole[index] = inverse == 0 || element.isNaN ? 0 : Int16((element * inverse).rounded())
      }
      return inverse == 0 ? (largest.isFinite ? 0 : .nan) : 1 / inverse
    }
  }
}

/// A matrix as 8-bit integers with one scale a row: `w[r, j] ≈ scale[r] · q[r, j]`, `scale[r] = max |w[r]| / 127`.
struct QuantizedRows {
  /// The integers, of the matrix's shape.
  let values: Tensor
  /// One scale a row.
  let scales: Tensor

  init(_ matrix: Tensor) {
    let values = Tensor(uninitialized: matrix.shape, elementType: .int8)
    let scales = Tensor(uninitialized: [matrix.rowCount])
    withRawKernelPointers(matrix, values, scales) {
      run(
        ck_quantize_rows,
        ck_quantize_rows_args(
          rows: $0[0].assumingMemoryBound(to: Float.self), out: $0[1].assumingMemoryBound(to: Int8.self),
          scales: $0[2].assumingMemoryBound(to: Float.self), width: matrix.columns),
        units: matrix.rowCount, grain: 32)
    }
    self.values = values
    self.scales = scales
  }

  /// The float32 matrix that the integers and scales stand for.
  func restored() -> Tensor {
    let result = Tensor(uninitialized: values.shape)
    let factors = scales.values
    result.withUnsafeMutableElements { target in
      withExtendedLifetime(values) {
        let source = values.start.assumingMemoryBound(to: Int8.self)
        for row in factors.indices {
          for index in row * values.columns..<(row + 1) * values.columns {
            target[index] = Float(source[index]) * factors[row]
          }
        }
      }
    }
    return result
  }
}

extension Precision {
  /// Relative error `‖w − rounded(w)‖ / ‖w‖` of holding a matrix in this precision.
  public func roundingError(of matrix: Tensor) -> (error: Double, norm: Double) {
    let norm = squaredNorm(matrix).squareRoot()
    guard self != .float32 else { return (0, norm) }
    let difference =
      weightType == .int8
      ? QuantizedRows(matrix).restored() : matrix.converted(to: weightType).converted(to: .float32)
    scaleAdd(matrix, by: -1, to: difference, keeping: 1)
    return (squaredNorm(difference).squareRoot(), norm)
  }
}
