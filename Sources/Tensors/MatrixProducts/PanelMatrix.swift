/// A packed matrix held in a type that the library cannot multiply, widened panel by panel as it is used.
///
/// A panel is some rows of the stored matrix, few enough to stay in the cache between widening and multiplying. Rows of a
/// transposed operand give columns of the result; rows of a plain one give part of every sum.
final class PanelMatrix: PreparedMatrix {
  private let panels: [(rows: Range<Int>, packed: any PackedMatrix)]
  private let transposed: Bool
  private let backend: any MatrixBackend

  /// Elements of a panel, about: one megabyte of float32.
  private static let panelElements = 1 << 18

  init(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType, _ backend: any MatrixBackend) {
    self.transposed = transposed
    self.backend = backend
    // A multiple of 64 rows is whole blocks in the library's layouts.
    let panelRows = max(64, Self.panelElements / max(b.columns, 1) / 64 * 64)
    panels = stride(from: 0, to: b.rowCount, by: panelRows).map { first in
      let range = first..<min(first + panelRows, b.rowCount)
      let part = b.rows(first, count: range.count).converted(to: .float32)
      let packed = backend.pack(part, transposed: transposed, rows: rows, as: .float32)
      return (range, packed.replacingValues(packed.values.converted(to: type)))
    }
  }

  func multiply(_ a: Tensor, into c: Tensor, accumulate: Bool) {
    let a = a.converted(to: .float32)
    for (range, packed) in panels {
      let panel = packed.replacingValues(packed.values.converted(to: .float32))
      if transposed {
        backend.multiply(a, columns: 0..<a.columns, panel, into: c, columns: range, accumulate: accumulate)
      } else {
        backend.multiply(
          a, columns: range, panel, into: c, columns: 0..<c.columns, accumulate: accumulate || range.lowerBound > 0)
      }
    }
  }
}
