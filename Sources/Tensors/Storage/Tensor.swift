/// A dense array of any rank over shared storage, elements in row-major order without gaps; float32 unless it says
/// otherwise.
///
/// A tensor is a handle: copying it copies the handle, and an operation that writes `into:` a tensor is seen by
/// every tensor over the same storage. ``rows(_:count:)`` makes such a view. Because of that a tensor is not `Sendable`: it
/// may be handed to another thread, not shared with it.
public struct Tensor {
  /// The block the elements live in.
  public let storage: TensorStorage

  /// Index in ``storage`` of the first element, counted in elements.
  public let offset: Int

  /// The type of the elements.
  public let elementType: ElementType

  /// Size of each dimension; an empty shape is a scalar.
  public let shape: [Int]

  /// Number of elements: the product of ``shape``.
  public let count: Int

  /// A tensor of undefined contents, for an operation that is about to write all of it.
  public init(uninitialized shape: [Int], elementType: ElementType = .float32) {
    precondition(shape.allSatisfy { $0 >= 0 }, "negative size in shape \(shape)")
    let storage = TensorStorage(byteCount: shape.reduce(1, *) * elementType.byteCount)
    self.init(storage: storage, offset: 0, shape: shape, elementType: elementType)
  }

  /// A tensor of zeros.
  public init(zeros shape: [Int]) {
    self.init(uninitialized: shape)
    fill(0)
  }

  /// A tensor holding `values` in row-major order; their number must be the product of `shape`.
  public init(_ values: [Float], shape: [Int]) {
    self.init(uninitialized: shape)
    precondition(values.count == count, "\(values.count) values for shape \(shape)")
    withUnsafeMutableElements { elements in
      _ = elements.update(fromContentsOf: values)
    }
  }

  init(storage: TensorStorage, offset: Int, shape: [Int], elementType: ElementType) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.elementType = elementType
    count = shape.reduce(1, *)
    precondition(
      offset >= 0 && (offset + count) * elementType.byteCount <= storage.byteCount, "a view past its storage")
  }

  /// Size of the last dimension, 1 for a scalar: the width of a row.
  public var columns: Int { shape.last ?? 1 }

  /// Number of rows when all dimensions but the last are taken as one.
  public var rowCount: Int { columns == 0 ? shape.dropLast().reduce(1, *) : count / columns }

  /// The elements as a Swift array, row-major; narrower types are widened.
  public var values: [Float] {
    elementType == .float32 ? withUnsafeElements { Array($0) } : converted(to: .float32).values
  }

  /// The same elements under another shape of equal count; shares storage.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "cannot view \(self.shape) as \(shape)")
    return Tensor(storage: storage, offset: offset, shape: shape, elementType: elementType)
  }

  /// Rows `first ..< first + count` of the matrix `[rowCount, columns]`; shares storage.
  public func rows(_ first: Int, count: Int) -> Tensor {
    precondition(first >= 0 && count >= 0 && first + count <= rowCount, "rows \(first)..<\(first + count) of \(shape)")
    return Tensor(
      storage: storage, offset: offset + first * columns, shape: [count, columns], elementType: elementType)
  }

  /// Sets every element to `value`.
  public func fill(_ value: Float) {
    withUnsafeMutableElements { $0.update(repeating: value) }
  }

  /// Overwrites the elements with those of `other`, which has as many of the same type.
  public func copy(from other: Tensor) {
    precondition(
      other.count == count && other.elementType == elementType, "copy of \(other.shape) into \(shape)")
    defer { withExtendedLifetime((storage, other.storage)) {} }
    start.copyMemory(from: other.start, byteCount: count * elementType.byteCount)
  }

  /// A tensor with storage of its own and the same elements.
  public func copied() -> Tensor {
    let result = Tensor(uninitialized: shape, elementType: elementType)
    result.copy(from: self)
    return result
  }

  /// Calls `body` with the elements, for reading.
  ///
  /// The buffer must not leave the closure.
  public func withUnsafeElements<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(start: floats, count: count))
  }

  /// Calls `body` with the elements, for writing.
  ///
  /// The buffer must not leave the closure.
  public func withUnsafeMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(start: floats, count: count))
  }
}
