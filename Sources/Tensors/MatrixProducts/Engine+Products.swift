extension Engine {
  /// `c = op(a) · op(b)`, plus `c` when `accumulate`, for operands of any float type.
  ///
  /// Operands that the library does not multiply directly are widened to float32, piece by piece where the summed
  /// dimension is that of the rows, as in weight gradients. Shapes: `op(a) [m, k]`, `op(b) [k, n]`, `c [m, n]`.
  public func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool
  ) {
    if ProductShape(a, transposeA: transposeA, b, transposeB: transposeB, into: c).isEmpty(c, accumulate: accumulate) {
      return
    }
    if a.elementType == b.elementType, backend.multipliesDirectly(a.elementType) {
      backend.multiply(a, transposeA: transposeA, b, transposeB: transposeB, into: c, accumulate: accumulate)
    } else if transposeA, !transposeB {
      for first in stride(from: 0, to: a.rowCount, by: Self.widenedRows) {
        let count = min(Self.widenedRows, a.rowCount - first)
        backend.multiply(
          a.rows(first, count: count).converted(to: .float32), transposeA: true,
          b.rows(first, count: count).converted(to: .float32), transposeB: false, into: c,
          accumulate: accumulate || first > 0)
      }
    } else {
      backend.multiply(
        a.converted(to: .float32), transposeA: transposeA, b.converted(to: .float32), transposeB: transposeB, into: c,
        accumulate: accumulate)
    }
  }

  /// Rows widened at once: enough that reading and writing the sum again costs little beside the products.
  private static let widenedRows = 256

  /// Arranges a weight matrix `op(b) [k, n]` for many products in this engine's precision; `rows` is the m they will
  /// usually have.
  ///
  /// It must be made anew when `b` changes.
  public func prepare(_ b: Tensor, transposed: Bool, rows: Int) -> any PreparedMatrix {
    if rows == 1, transposed { return RowMatrix(b, as: precision.weightType) }
    let type = precision.weightType
    if type == .int8, !backend.multipliesDirectly(type) {
      let rounded = QuantizedRows(b.converted(to: .float32)).restored()
      return DirectMatrix(backend.pack(rounded, transposed: transposed, rows: rows, as: .float32), backend)
    }
    if backend.multipliesDirectly(type) {
      return DirectMatrix(
        backend.pack(b.converted(to: .float32), transposed: transposed, rows: rows, as: type), backend)
    }
    return WidenedMatrix(b, transposed: transposed, rows: rows, as: type, backend)
  }
}

/// The second operand of many products, arranged for them.
public protocol PreparedMatrix: AnyObject {
  /// `c = a · b`, plus `c` when `accumulate`, for `a [m, k]` of any float type. Shapes: `b [k, n]`, `c [m, n]`.
  func multiply(_ a: Tensor, into c: Tensor, accumulate: Bool)
}

/// A matrix that the library multiplies as it is.
private final class DirectMatrix: PreparedMatrix {
  private let packed: any PackedMatrix
  private let backend: any MatrixBackend

  init(_ packed: any PackedMatrix, _ backend: any MatrixBackend) {
    self.packed = packed
    self.backend = backend
  }

  func multiply(_ a: Tensor, into c: Tensor, accumulate: Bool) {
    backend.multiply(
      packed.operandType.map(a.converted(to:)) ?? a, packed, into: c, accumulate: accumulate)
  }
}
