/// What a safetensors header says about one tensor.
public struct SafetensorsEntry: Equatable, Sendable {
  /// The name the tensor is stored under.
  public let name: String

  /// Type of its elements.
  public let type: StoredType

  /// Size of each dimension; empty for a scalar.
  public let shape: [Int]

  /// Where its bytes lie, counted from the start of the file.
  public let bytes: Range<Int>

  /// Number of elements.
  public var count: Int { bytes.count / type.byteCount }
}
