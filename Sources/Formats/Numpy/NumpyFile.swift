import Files
import Tensors

/// Reads and writes npy files: one array of numbers each, as `numpy.load` and `numpy.save` do.
///
/// Read are versions 1.0 to 3.0 with little-endian float16/32/64, signed integers, bytes and truth values, in C order.
/// Written is version 1.0, through ``AtomicFile``, with the elements starting on a multiple of 64 bytes.
public enum NumpyFile {
  /// Opens the file at `path` and checks its header; the elements are read when they are asked for.
  ///
  /// Throws ``FormatError``: the file is missing, unreadable, cut short, no npy file, or holds something other than
  /// the numbers above.
  public static func read(_ path: String) throws -> NumpyArray {
    try NumpyArray(MappedFile(path: path))
  }

  /// Writes `tensor` in its own shape.
  public static func write(float32 tensor: Tensor, to path: String) throws {
    try write(.float32, shape: tensor.shape, count: tensor.count, to: path) { sink in
      try tensor.withUnsafeElements { try sink.write(UnsafeRawBufferPointer($0)) }
    }
  }

  /// Writes `values`, row-major, as an array of `shape`.
  public static func write(float32 values: [Float], shape: [Int], to path: String) throws {
    try write(.float32, shape: shape, count: values.count, to: path) { sink in
      try values.withUnsafeBytes { try sink.write($0) }
    }
  }

  /// Writes `values`, row-major, as an array of `shape`.
  public static func write(float64 values: [Double], shape: [Int], to path: String) throws {
    try write(.float64, shape: shape, count: values.count, to: path) { sink in
      try values.withUnsafeBytes { try sink.write($0) }
    }
  }

  /// Writes `values`, row-major, as an array of `shape`.
  public static func write(int64 values: [Int64], shape: [Int], to path: String) throws {
    try write(.int64, shape: shape, count: values.count, to: path) { sink in
      try values.withUnsafeBytes { try sink.write($0) }
    }
  }

  /// Writes one number as an array without dimensions.
  public static func write(int32 value: Int32, to path: String) throws {
    try write(.int32, shape: [], count: 1, to: path) { sink in
      try sink.write(withUnsafeBytes(of: value.littleEndian) { Array($0) })
    }
  }

  /// Writes a float32 matrix `[rows, columns]` whose rows come one after the other, for features of a large corpus.
  ///
  /// The number of rows is what `body` appended. It is put into the header at the end, so `path` cannot be a pipe.
  public static func write(
    float32RowsOf columns: Int, to path: String, _ body: (NumpyRowSink) throws -> Void
  ) throws {
    precondition(columns >= 0, "a matrix of \(columns) columns")
    try AtomicFile.write(to: path) { sink in
      // Room for the longest count, so that the final header has the same length.
      let placeholder = header(.float32, shape: [Int.max, columns])
      try sink.write(placeholder)
      let rows = NumpyRowSink(columns: columns, sink: sink)
      try body(rows)
      try sink.overwrite(
        at: 0, header(.float32, shape: [rows.rowCount, columns], totalLength: placeholder.count))
    }
  }

  /// Writes a float32 matrix `[rows, columns]` whose rows come one after the other and whose number is known before, so
  /// that `path` may be a pipe.
  ///
  /// Throws ``CheckpointError`` also when `body` appended another number of rows.
  public static func write(
    float32Rows rows: Int, of columns: Int, to path: String, _ body: (NumpyRowSink) throws -> Void
  ) throws {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) rows and \(columns) columns")
    try AtomicFile.write(to: path) { sink in
      try sink.write(header(.float32, shape: [rows, columns]))
      let taken = NumpyRowSink(columns: columns, sink: sink)
      try body(taken)
      guard taken.rowCount == rows else {
        throw sink.failure("\(rows) rows were announced, and \(taken.rowCount) came")
      }
    }
  }

  private static func write(
    _ type: StoredType, shape: [Int], count: Int, to path: String, _ body: (FileSink) throws -> Void
  ) throws {
    try AtomicFile.write(to: path) { sink in
      guard shape.allSatisfy({ $0 >= 0 }), TensorShape.byteCount(shape, elementBytes: 1) == count else {
        throw sink.failure("\(count) values do not make an array of shape \(shape)")
      }
      guard shape.count <= TensorShape.greatestRank else {
        throw sink.failure("an array has at most \(TensorShape.greatestRank) dimensions, not \(shape.count)")
      }
      try sink.write(header(type, shape: shape))
      try body(sink)
    }
  }

  /// A header of version 1.0, filled up to a multiple of 64 bytes, or to `totalLength`.
  package static func header(_ type: StoredType, shape: [Int], totalLength: Int? = nil) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let descriptor = type.numpyDescriptor ?? ""
    var text = Array("{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
    let prefixLength = NumpyHeader.magic.count + 4
    let total = totalLength ?? (prefixLength + text.count + 1 + 63) / 64 * 64
    text += [UInt8](repeating: UInt8(ascii: " "), count: total - prefixLength - text.count - 1)
    text.append(UInt8(ascii: "\n"))
    return NumpyHeader.magic + [1, 0, UInt8(text.count & 0xff), UInt8(text.count >> 8)] + text
  }
}
