import Tensors

/// The elements of a tensor to be written, and the type to store them as.
public enum TensorPayload: Sendable {
  /// As they are.
  case float32(Tensor)
  /// Rounded to binary16, nearest, ties to even; 65,520 and beyond become infinite.
  case float16(Tensor)
  /// Rounded to bfloat16, nearest, ties to even.
  case bfloat16(Tensor)
  /// Whole numbers in row-major order.
  case int64([Int64], shape: [Int])
  /// Bytes in row-major order.
  case uint8([UInt8], shape: [Int])

  /// The type the elements are stored as.
  public var type: StoredType {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .int64: .int64
    case .uint8: .uint8
    }
  }

  /// Size of each dimension.
  public var shape: [Int] {
    switch self {
    case .float32(let tensor), .float16(let tensor), .bfloat16(let tensor): tensor.shape
    case .int64(_, let shape), .uint8(_, let shape): shape
    }
  }

  /// Number of elements given.
  public var count: Int {
    switch self {
    case .float32(let tensor), .float16(let tensor), .bfloat16(let tensor): tensor.count
    case .int64(let values, _): values.count
    case .uint8(let values, _): values.count
    }
  }

  /// Number of bytes they take in a file.
  public var byteCount: Int { count * type.byteCount }

  /// Whether the shape has no negative size and makes as many elements as there are.
  var hasMatchingShape: Bool {
    shape.allSatisfy { $0 >= 0 } && TensorShape.byteCount(shape, elementBytes: 1) == count
  }

  /// Writes the elements, little-endian, in pieces.
  func write(to sink: FileSink) throws {
    switch self {
    case .float32(let tensor): try tensor.withUnsafeElements { try sink.write(UnsafeRawBufferPointer($0)) }
    case .float16(let tensor): try Self.write(tensor, to: sink) { HalfPrecision.float16($0) }
    case .bfloat16(let tensor): try Self.write(tensor, to: sink) { HalfPrecision.bfloat16($0) }
    case .int64(let values, _): try values.withUnsafeBytes { try sink.write($0) }
    case .uint8(let values, _): try sink.write(values)
    }
  }

  @inline(__always)
  private static func write(_ tensor: Tensor, to sink: FileSink, _ convert: (Float) -> UInt16) throws {
    let pieceLength = 1 << 16
    var piece = [UInt16](repeating: 0, count: min(pieceLength, tensor.count))
    try tensor.withUnsafeElements { elements in
      for start in stride(from: 0, to: elements.count, by: pieceLength) {
        let source = UnsafeBufferPointer(rebasing: elements[start..<min(start + pieceLength, elements.count)])
        try piece.withUnsafeMutableBufferPointer { target in
          for index in 0..<source.count { target[index] = convert(source[index]) }
          try sink.write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: target[..<source.count])))
        }
      }
    }
  }
}
