import Files
import Tensors

/// A tensor in a file, still in the file's type and mapped into memory; its elements are read when they are asked for.
public struct StoredTensor: Sendable {
  /// Type of the elements in the file.
  public let type: StoredType

  /// Size of each dimension; empty for a scalar.
  public let shape: [Int]

  /// Number of elements.
  public let count: Int

  /// Number of bytes of the elements alone.
  public var byteCount: Int { count * type.byteCount }

  private let file: MappedFile
  private let start: Int
  /// Elements between neighbours along each dimension; nil when they follow each other in row-major order.
  private let strides: [Int]?

  /// A tensor whose elements fill `bytes` in row-major order; nil when they do not make up the shape.
  package init?(_ file: MappedFile, type: StoredType, shape: [Int], bytes: Range<Int>) {
    guard shape.count <= TensorShape.greatestRank, shape.allSatisfy({ $0 >= 0 }),
      TensorShape.byteCount(shape, elementBytes: type.byteCount) == bytes.count,
      bytes.lowerBound >= 0, bytes.upperBound <= file.count
    else { return nil }
    self.type = type
    self.shape = shape
    self.file = file
    count = bytes.count / type.byteCount
    start = bytes.lowerBound
    strides = nil
  }

  /// A view of `storage`: element (i, j, …) is number `offset + i·strides[0] + j·strides[1] + …`.
  ///
  /// Nil when the view leaves the storage, or has more elements than it, which no program writes.
  package init?(
    _ file: MappedFile, type: StoredType, storage: Range<Int>, offset: Int, shape: [Int], strides: [Int]
  ) {
    guard shape.count <= TensorShape.greatestRank, shape.count == strides.count, offset >= 0,
      shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }),
      storage.lowerBound >= 0, storage.upperBound <= file.count,
      let bytes = TensorShape.byteCount(shape, elementBytes: type.byteCount), bytes <= storage.count
    else { return nil }
    let available = storage.count / type.byteCount
    if bytes > 0 {
      var last = offset
      for (size, stride) in zip(shape, strides) {
        let (step, tooLarge) = stride.multipliedReportingOverflow(by: size - 1)
        let (next, overflow) = last.addingReportingOverflow(step)
        guard !tooLarge, !overflow else { return nil }
        last = next
      }
      guard last < available else { return nil }
    }
    self.type = type
    self.shape = shape
    self.file = file
    count = bytes / type.byteCount
    start = storage.lowerBound + (bytes > 0 ? offset * type.byteCount : 0)
    var expected = 1
    var isContiguous = true
    for (size, stride) in zip(shape, strides).reversed() where size != 1 {
      isContiguous = isContiguous && stride == expected
      expected *= max(size, 1)
    }
    self.strides = isContiguous || bytes == 0 ? nil : strides
  }

  /// Names the elements' place, so that two tensors over the same elements can be told.
  package var identity: String {
    "\(UInt(bitPattern: ObjectIdentifier(file).hashValue)):\(start):\(type):\(shape):\(strides ?? [])"
  }

  /// Calls `body` with the elements' bytes in row-major order, as they are stored.
  ///
  /// The buffer must not leave the closure.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    guard let strides else { return try file.withBytes(start..<start + byteCount, body) }
    return try gathered(strides).withUnsafeBytes(body)
  }

  /// Calls `body` with the elements' bytes in row-major order, piece by piece; pages of the file that were looked at are
  /// let go, so that memory does not grow with the tensor.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard strides == nil else { return try withBytes(body) }
    for first in stride(from: start, to: start + byteCount, by: Self.pieceBytes) {
      let piece = first..<min(first + Self.pieceBytes, start + byteCount)
      try file.withBytes(piece, body)
      file.release(piece)
    }
  }

  /// A multiple of every element's size.
  private static let pieceBytes = 1 << 23

  /// The elements as float32; numbers of a wider type are rounded to the nearest.
  public var tensor: Tensor {
    let tensor = Tensor(uninitialized: shape)
    withBytes { source in tensor.withUnsafeMutableElements { type.decode(source, into: $0) } }
    return tensor
  }

  /// The elements as float64; exact but for integers beyond 2⁵³.
  public var doubles: [Double] { withBytes(type.doubles) }

  /// The elements as int64; nil for floating-point numbers.
  public var integers: [Int64]? { withBytes(type.integers) }

  /// Copies the elements into row-major order; as many bytes as ``byteCount``.
  private func gathered(_ strides: [Int]) -> [UInt8] {
    let size = type.byteCount
    return [UInt8](unsafeUninitializedCapacity: byteCount) { target, initialized in
      var index = [Int](repeating: 0, count: shape.count)
      var source = start
      file.withBytes(0..<file.count) { bytes in
        for element in 0..<count {
          for byte in 0..<size { target[element * size + byte] = bytes[source + byte] }
          var dimension = shape.count - 1
          while dimension >= 0 {
            index[dimension] += 1
            source += strides[dimension] * size
            if index[dimension] < shape[dimension] { break }
            source -= strides[dimension] * size * shape[dimension]
            index[dimension] = 0
            dimension -= 1
          }
        }
      }
      initialized = byteCount
    }
  }
}
