import CKernels

/// A packed matrix held in a type that the library cannot multiply, widened part by part as it is used.
///
/// A part is some columns of the result, few enough that its weights are still in the cache when they are multiplied.
final class WidenedMatrix: PreparedMatrix {
  private let parts: [(columns: Range<Int>, packed: any PackedMatrix)]
  private let backend: any MatrixBackend

  /// Elements of a part, about: two megabytes of float32.
  private static let partElements = 1 << 19

  init(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType, _ backend: any MatrixBackend) {
    self.backend = backend
    let (inner, columns) = transposed ? (b.columns, b.rowCount) : (b.rowCount, b.columns)
    // Whole blocks in the library's layouts, for two threads at least.
    let width = max(128, Self.partElements / max(inner, 1) / 128 * 128)
    parts = stride(from: 0, to: columns, by: width).map { first in
      let range = first..<min(first + width, columns)
      let weights = transposed ? b.rows(first, count: range.count).converted(to: .float32) : b.columns(range)
      let packed = backend.pack(weights, transposed: transposed, rows: rows, as: .float32)
      return (range, packed.replacingValues(packed.values.converted(to: type)))
    }
  }

  func multiply(_ a: Tensor, into c: Tensor, accumulate: Bool) {
    let a = a.converted(to: .float32)
    for (range, packed) in parts {
      let whole = packed.replacingValues(packed.values.converted(to: .float32))
      if parts.count == 1 {
        backend.multiply(a, whole, into: c, accumulate: accumulate)
      } else {
        let part = Tensor(uninitialized: [a.rowCount, range.count])
        backend.multiply(a, whole, into: part, accumulate: false)
        c.put(part, atColumn: range.lowerBound, accumulate: accumulate)
      }
    }
  }
}

extension Tensor {
  /// Some columns as a float32 matrix of their own.
  fileprivate func columns(_ range: Range<Int>) -> Tensor {
    let result = Tensor(uninitialized: [rowCount, range.count])
    for row in 0..<rowCount {
      let part = Tensor(
        storage: storage, offset: offset + row * columns + range.lowerBound, shape: [1, range.count],
        elementType: elementType)
      convert(part, into: result.rows(row, count: 1))
    }
    return result
  }

  /// Writes or adds a narrower float32 matrix from column `first` on.
  fileprivate func put(_ part: Tensor, atColumn first: Int, accumulate: Bool) {
    withKernelPointers(part, self) {
      run(
        ck_copy_columns,
        ck_copy_columns_args(
          in: $0[0], out: $0[1] + first, width: part.columns, in_stride: part.columns, out_stride: columns,
          accumulate: accumulate ? 1 : 0),
        units: rowCount, grain: 16)
    }
  }
}
