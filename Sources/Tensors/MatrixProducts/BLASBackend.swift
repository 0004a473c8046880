import CBLAS
import CKernels

/// Matrix products by the CBLAS interface of OpenBLAS, in float32 only.
public final class BLASBackend: MatrixBackend {
  private final class View: PackedMatrix {
    let values: Tensor
    let transposed: Bool

    init(_ values: Tensor, transposed: Bool) {
      self.values = values
      self.transposed = transposed
    }

    var innerCount: Int { transposed ? values.columns : values.rowCount }
    var columnCount: Int { transposed ? values.rowCount : values.columns }
    func replacingValues(_ values: Tensor) -> any PackedMatrix {
      View(values.reshaped(self.values.shape), transposed: transposed)
    }
  }

  /// Makes the backend; it has no state of its own.
  public init() {}

  /// The library and the kernels it chose for this processor.
  public var name: String {
    let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    return "OpenBLAS (\(core) kernels)"
  }

  /// Only float32; see ``MatrixBackend``.
  public func multipliesDirectly(_ type: ElementType) -> Bool { type == .float32 }

  /// The product of two plain matrices; see ``MatrixBackend``.
  public func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool
  ) {
    let shape = ProductShape(a, transposeA: transposeA, b, transposeB: transposeB, into: c)
    if shape.isEmpty(c, accumulate: accumulate) { return }
    ck_adopt_thread_count()
    withKernelPointers(a, b, c) { pointers in
      cblas_sgemm(
        CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
        blasint(shape.rows), blasint(shape.columns), blasint(shape.inner), 1,
        pointers[0], blasint(max(a.columns, 1)), pointers[1], blasint(max(b.columns, 1)),
        accumulate ? 1 : 0, pointers[2], blasint(max(c.columns, 1)))
    }
  }

  /// The second operand of later products, a view; see ``MatrixBackend``.
  public func pack(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType) -> any PackedMatrix {
    precondition(multipliesDirectly(type), "OpenBLAS multiplies float32 only")
    return View(b, transposed: transposed)
  }

  /// The product with a packed matrix; see ``MatrixBackend``.
  public func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool) {
    guard let view = b as? View else { preconditionFailure("a matrix packed by another backend") }
    multiply(a, transposeA: false, view.values, transposeB: view.transposed, into: c, accumulate: accumulate)
  }
}
