/// A library that multiplies matrices.
///
/// Matrices are row-major without gaps. Results are float32; operands are float32, or both of another type that the library
/// multiplies directly. A packed matrix says what it is multiplied by.
///
/// Shape legend: m rows of the result, n columns of the result, k the summed dimension.
public protocol MatrixBackend: AnyObject {
  /// What a person reads in reports, with the library's version or kernel.
  var name: String { get }

  /// Whether operands of this type are multiplied as they are, with float32 sums; always so for float32.
  func multipliesDirectly(_ type: ElementType) -> Bool

  /// `c = op(a) · op(b)`, plus `c` when `accumulate`; `op` transposes where asked.
  ///
  /// Shapes: `op(a) [m, k]`, `op(b) [k, n]`, `c [m, n]`.
  func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool)

  /// Arranges `op(b) [k, n]` of float32 once for many products; `rows` is the m they will usually have.
  ///
  /// The result holds a copy of `b` in `type`, or a view; it must be made anew when `b` changes.
  func pack(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType) -> any PackedMatrix

  /// `c = a · b`, plus `c` when `accumulate`. Shapes: `a [m, k]`, `b [k, n]`, `c [m, n]`.
  func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool)
}

/// The second operand of a product, arranged for the backend that packed it.
public protocol PackedMatrix: AnyObject {
  /// The summed dimension, k.
  var innerCount: Int { get }
  /// Columns of the result, n.
  var columnCount: Int { get }
  /// The elements in the backend's order.
  var values: Tensor { get }
  /// The type of the first operand; `nil` for any. That of ``values`` unless said otherwise.
  var operandType: ElementType? { get }
  /// The same arrangement over other elements.
  func replacingValues(_ values: Tensor) -> any PackedMatrix
}

extension PackedMatrix {
  /// The type of ``values``.
  public var operandType: ElementType? { values.elementType }
}

/// What multiplies matrices.
public enum MatrixBackendKind: String, Sendable, CaseIterable, Codable {
  /// For each product what was measured to be fastest with the instruction set in use; see ``ProductTable``.
  case automatic = "auto"
  /// oneDNN with weights packed once per update.
  case oneDNN = "onednn"
  /// Kernels of this package with weights packed once per update.
  case panels
  /// CBLAS, present everywhere; also the check on the others.
  case blas
}

/// The shape of a product after its operands' transposition.
struct ProductShape: Hashable {
  var rows: Int
  var columns: Int
  var inner: Int

  init(_ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor) {
    let (m, k) = transposeA ? (a.columns, a.rowCount) : (a.rowCount, a.columns)
    let (kb, n) = transposeB ? (b.columns, b.rowCount) : (b.rowCount, b.columns)
    precondition(
      k == kb && c.rowCount == m && c.columns == n,
      "product of \(a.shape)\(transposeA ? "ᵀ" : "") and \(b.shape)\(transposeB ? "ᵀ" : "") into \(c.shape)")
    rows = m
    columns = n
    inner = k
  }

  /// Whether there is nothing to multiply; a result that sums nothing is then zero.
  func isEmpty(_ c: Tensor, accumulate: Bool) -> Bool {
    if rows > 0, columns > 0, inner > 0 { return false }
    if !accumulate { c.fill(0) }
    return true
  }

  init(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor) {
    precondition(
      a.columns == b.innerCount && c.rowCount == a.rowCount && c.columns == b.columnCount,
      "product of \(a.shape) and packed [\(b.innerCount), \(b.columnCount)] into \(c.shape)")
    rows = a.rowCount
    columns = b.columnCount
    inner = b.innerCount
  }
}
