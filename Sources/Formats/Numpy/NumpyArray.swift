import Files
import Tensors

/// The contents of an npy file: one array in row-major order.
///
/// The elements stay in the file's type, mapped into memory, until they are asked for.
public struct NumpyArray: Sendable {
  /// Where the array comes from, for messages.
  public var path: String { file.path }

  /// Type of the elements in the file.
  public let elementType: StoredType

  /// Size of each dimension; empty for a scalar, which has one element.
  public let shape: [Int]

  /// Number of elements.
  public var count: Int { elements.count / elementType.byteCount }

  private let file: MappedFile
  private let elements: Range<Int>

  /// Reads an array whose npy bytes are at hand, such as a member of an npz archive; throws as ``NumpyFile/read(_:)``
  /// does.
  public init(_ file: MappedFile) throws {
    let header = try NumpyHeader(of: file)
    elementType = header.type
    shape = header.shape
    elements = header.elements
    self.file = file
  }

  /// The array as a tensor of its file.
  package func stored() throws -> StoredTensor {
    guard let tensor = StoredTensor(file, type: elementType, shape: shape, bytes: elements) else {
      throw FormatError.malformed(path: path, reason: "its shape \(shape) is not that of its elements")
    }
    return tensor
  }

  /// The elements as float32; numbers of a wider type are rounded to the nearest.
  public var float32Values: [Float] { withBytes(elementType.floats) }

  /// The elements as float64; exact but for integers beyond 2⁵³.
  public var float64Values: [Double] { withBytes(elementType.doubles) }

  /// The elements as a tensor of the same shape; rounded as ``float32Values``.
  public var tensor: Tensor {
    let tensor = Tensor(uninitialized: shape)
    withBytes { source in
      tensor.withUnsafeMutableElements { elementType.decode(source, into: $0) }
    }
    return tensor
  }

  /// The elements as int64.
  ///
  /// Throws ``FormatError/unsupported(path:feature:)`` when they are floating-point numbers.
  public func int64Values() throws -> [Int64] {
    guard let values = withBytes(elementType.integers) else {
      throw FormatError.unsupported(
        path: path, feature: "it holds \(elementType.rawValue) numbers where integers are needed")
    }
    return values
  }

  /// Calls `body` with the elements' bytes as they are in the file.
  ///
  /// The buffer must not leave the closure.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try file.withBytes(elements, body)
  }
}
