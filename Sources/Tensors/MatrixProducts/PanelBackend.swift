import CKernels

/// Matrix products by kernels of this package, over a second operand that is arranged in panels.
///
/// A panel is two vectors of columns; blocks of it stay in the nearest cache while tiles of some rows of the result are
/// summed in registers (Goto and van de Geijn 2008). Operands are of any type, each of its own: narrow numbers are widened
/// when their block comes into the cache. A row of the result does not depend on the other rows.
public final class PanelBackend: MatrixBackend {
  /// Columns of a panel with the instruction set in use.
  private let panelWidth = ck_panel_width()

  /// Makes the backend; it has no state of its own.
  public init() {}

  /// That it is this package's, and for which instruction set.
  public var name: String { "own panels (\(Engine.instructionSet))" }

  /// All types; see ``MatrixBackend``.
  public func multipliesDirectly(_ type: ElementType) -> Bool { true }

  /// The product of two plain matrices; see ``MatrixBackend``.
  public func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool
  ) {
    let shape = ProductShape(a, transposeA: transposeA, b, transposeB: transposeB, into: c)
    if shape.isEmpty(c, accumulate: accumulate) { return }
    multiply(
      a, transposed: transposeA, arrange(b, transposed: transposeB, as: b.elementType), into: c, accumulate: accumulate)
  }

  /// The second operand of later products; see ``MatrixBackend``.
  ///
  /// Eight-bit numbers need a scale for each column, so that only a transposed matrix, whose rows have one, is held in them.
  public func pack(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType) -> any PackedMatrix {
    guard type == .int8 else { return arrange(b, transposed: transposed, as: type) }
    let quantized = QuantizedRows(b)
    guard transposed else { return arrange(quantized.restored(), transposed: false, as: .float32) }
    return arrange(quantized.values, transposed: true, as: .int8, scales: quantized.scales)
  }

  /// The product with a packed matrix; see ``MatrixBackend``.
  public func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool) {
    guard let panels = b as? Panels else { preconditionFailure("a matrix packed by another backend") }
    if ProductShape(a, b, into: c).isEmpty(c, accumulate: accumulate) { return }
    multiply(a, transposed: false, panels, into: c, accumulate: accumulate)
  }

  private func arrange(_ b: Tensor, transposed: Bool, as type: ElementType, scales: Tensor? = nil) -> Panels {
    let (inner, columns) = transposed ? (b.columns, b.rowCount) : (b.rowCount, b.columns)
    let count = (columns + panelWidth - 1) / panelWidth
    let values = Tensor(uninitialized: [count * panelWidth * inner], elementType: type)
    withRawKernelPointers(b, values) {
      run(
        ck_pack_panels,
        ck_pack_panels_args(
          b: $0[0], type: b.elementType.kernelElement, inner_stride: transposed ? 1 : b.columns,
          column_stride: transposed ? b.columns : 1, inner: inner, columns: columns, out: $0[1],
          out_type: type.kernelElement),
        units: count, grain: Self.unitsWorthAThread(operations: inner * panelWidth))
    }
    return Panels(
      innerCount: inner, columnCount: columns, panelCount: count, values: values,
      scales: scales.map { $0.paddedWithZeros(to: count * panelWidth) })
  }

  private func multiply(_ a: Tensor, transposed: Bool, _ b: Panels, into c: Tensor, accumulate: Bool) {
    let rows = transposed ? a.columns : a.rowCount
    let chunks = (rows + Int(CK_ROW_CHUNK) - 1) / Int(CK_ROW_CHUNK)
    withRawKernelPointers(a, b.values, c, b.scales ?? b.values) {
      run(
        ck_panel_product,
        ck_panel_product_args(
          a: $0[0], a_type: a.elementType.kernelElement, row_stride: transposed ? 1 : a.columns,
          inner_stride: transposed ? a.columns : 1, b: $0[1], b_type: b.values.elementType.kernelElement,
          scales: b.scales == nil ? nil : UnsafePointer($0[3].assumingMemoryBound(to: Float.self)),
          c: $0[2].assumingMemoryBound(to: Float.self), c_stride: c.columns, rows: rows, columns: b.columnCount,
          inner: b.innerCount, accumulate: accumulate ? 1 : 0),
        units: chunks * b.panelCount,
        grain: Self.unitsWorthAThread(operations: min(rows, Int(CK_ROW_CHUNK)) * b.innerCount * panelWidth))
    }
  }

  /// Work units of so many operations that are worth a thread of their own: waking it costs some microseconds.
  private static func unitsWorthAThread(operations: Int) -> Int { max(1, (1 << 17) / max(operations, 1)) }
}

/// A matrix in panels, the last one filled up with zeros.
private final class Panels: PackedMatrix {
  let innerCount: Int
  let columnCount: Int
  let panelCount: Int
  let values: Tensor
  /// One for each column of the panels, for numbers of eight bits.
  let scales: Tensor?

  init(innerCount: Int, columnCount: Int, panelCount: Int, values: Tensor, scales: Tensor?) {
    self.innerCount = innerCount
    self.columnCount = columnCount
    self.panelCount = panelCount
    self.values = values
    self.scales = scales
  }

  var operandType: ElementType? { nil }

  func replacingValues(_ values: Tensor) -> any PackedMatrix {
    Panels(
      innerCount: innerCount, columnCount: columnCount, panelCount: panelCount, values: values, scales: scales)
  }
}

extension Tensor {
  /// The elements of a float32 tensor and zeros behind them.
  fileprivate func paddedWithZeros(to count: Int) -> Tensor {
    Tensor(values + [Float](repeating: 0, count: count - self.count), shape: [count])
  }
}
