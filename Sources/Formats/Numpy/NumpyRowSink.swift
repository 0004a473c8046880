import Files
import Tensors

/// Takes the rows of a float32 matrix that is being written to an npy file; see
/// ``NumpyFile/write(float32RowsOf:to:_:)``.
public final class NumpyRowSink {
  /// Length of a row.
  public let columns: Int

  /// Rows taken so far.
  public private(set) var rowCount = 0

  private let sink: FileSink

  init(columns: Int, sink: FileSink) {
    self.columns = columns
    self.sink = sink
  }

  /// Appends one row of ``columns`` values.
  public func append(_ row: [Float]) throws {
    precondition(row.count == columns, "a row of \(row.count) values for \(columns) columns")
    try row.withUnsafeBytes { try sink.write($0) }
    rowCount += 1
  }

  /// Appends the rows of `matrix`, `[rows, columns]`; a vector is one row.
  public func append(_ matrix: Tensor) throws {
    precondition(matrix.columns == columns, "rows of \(matrix.columns) values for \(columns) columns")
    try matrix.withUnsafeElements { try sink.write(UnsafeRawBufferPointer($0)) }
    rowCount += matrix.rowCount
  }
}
