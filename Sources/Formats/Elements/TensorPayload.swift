import Files
import Tensors

/// The elements of a tensor to be written, and the type to store them as.
public enum TensorPayload {
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
  /// The elements of another file, bit by bit.
  case stored(StoredTensor)
  /// Numbers that are computed when they are needed, so that a large file never is in memory as a whole.
  case deferred(DeferredTensor)

  /// The type the elements are stored as.
  public var type: StoredType {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .int64: .int64
    case .uint8: .uint8
    case .stored(let tensor): tensor.type
    case .deferred(let tensor): tensor.type
    }
  }

  /// Size of each dimension.
  public var shape: [Int] {
    switch self {
    case .float32(let tensor), .float16(let tensor), .bfloat16(let tensor): tensor.shape
    case .int64(_, let shape), .uint8(_, let shape): shape
    case .stored(let tensor): tensor.shape
    case .deferred(let tensor): tensor.shape
    }
  }

  /// Number of elements given.
  public var count: Int {
    switch self {
    case .float32(let tensor), .float16(let tensor), .bfloat16(let tensor): tensor.count
    case .int64(let values, _): values.count
    case .uint8(let values, _): values.count
    case .stored(let tensor): tensor.count
    case .deferred(let tensor): tensor.shape.reduce(1, *)
    }
  }

  /// Number of bytes they take in a file.
  public var byteCount: Int { count * type.byteCount }

  /// Whether the shape has no negative size and makes as many elements as there are.
  package var hasMatchingShape: Bool {
    shape.allSatisfy { $0 >= 0 } && TensorShape.byteCount(shape, elementBytes: 1) == count
  }

  /// The elements as float32, whatever they are stored as.
  public var tensor: Tensor {
    switch self {
    case .float32(let tensor): return tensor
    case .float16(let tensor):
      return Self.rounded(tensor) { HalfPrecision.float(fromFloat16: HalfPrecision.float16($0)) }
    case .bfloat16(let tensor):
      return Self.rounded(tensor) { HalfPrecision.float(fromBFloat16: HalfPrecision.bfloat16($0)) }
    case .int64(let values, let shape): return Tensor(values.map(Float.init), shape: shape)
    case .uint8(let values, let shape): return Tensor(values.map(Float.init), shape: shape)
    case .stored(let tensor): return tensor.tensor
    case .deferred(let tensor): return tensor.payload.tensor
    }
  }

  /// The same numbers stored as `type` where they are floating-point numbers; others stay as they are.
  public func converted(to type: StoredType) -> TensorPayload {
    guard self.type.isFloatingPoint, type.isFloatingPoint, type != self.type else { return self }
    return .deferred(DeferredTensor(type: type, shape: shape) { tensor })
  }

  /// Calls `body` with the elements, little-endian and in order, piece by piece.
  ///
  /// The buffers must not leave the closure.
  public func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    switch self {
    case .float32(let tensor): try tensor.withUnsafeElements { try body(UnsafeRawBufferPointer($0)) }
    case .float16(let tensor): try Self.convert(tensor, HalfPrecision.float16, body)
    case .bfloat16(let tensor): try Self.convert(tensor, HalfPrecision.bfloat16, body)
    case .int64(let values, _): try values.withUnsafeBytes(body)
    case .uint8(let values, _): try values.withUnsafeBytes(body)
    case .stored(let tensor): try tensor.forEachPiece(body)
    case .deferred(let tensor): try tensor.payload.forEachPiece(body)
    }
  }

  /// Writes the elements, little-endian, in pieces.
  package func write(to sink: FileSink) throws {
    try forEachPiece { try sink.write($0) }
  }

  private static func rounded(_ tensor: Tensor, _ round: (Float) -> Float) -> Tensor {
    Tensor(tensor.values.map(round), shape: tensor.shape)
  }

  @inline(__always)
  private static func convert(
    _ tensor: Tensor, _ convert: (Float) -> UInt16, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let pieceLength = 1 << 16
    var piece = [UInt16](repeating: 0, count: min(pieceLength, tensor.count))
    try tensor.withUnsafeElements { elements in
      for start in stride(from: 0, to: elements.count, by: pieceLength) {
        let source = UnsafeBufferPointer(rebasing: elements[start..<min(start + pieceLength, elements.count)])
        try piece.withUnsafeMutableBufferPointer { target in
          for index in 0..<source.count { target[index] = convert(source[index]) }
          try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: target[..<source.count])))
        }
      }
    }
  }
}

/// A tensor that is made when its numbers are needed, and let go afterwards.
public struct DeferredTensor {
  /// The type to store the numbers as: float32, float16 or bfloat16.
  public let type: StoredType
  /// Size of each dimension.
  public let shape: [Int]

  private let make: () -> Tensor

  /// Names what `make` will return; a `type` other than the three is taken as float32.
  public init(type: StoredType = .float32, shape: [Int], _ make: @escaping () -> Tensor) {
    self.type = [.float16, .bfloat16].contains(type) ? type : .float32
    self.shape = shape
    self.make = make
  }

  /// The numbers, computed now.
  package var payload: TensorPayload {
    let tensor = make()
    precondition(tensor.shape == shape, "a tensor of shape \(tensor.shape) instead of \(shape)")
    switch type {
    case .float16: return .float16(tensor)
    case .bfloat16: return .bfloat16(tensor)
    default: return .float32(tensor)
    }
  }
}
