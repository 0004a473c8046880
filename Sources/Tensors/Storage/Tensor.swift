/// A dense float32 array of any rank over shared storage, elements in row-major order without gaps.
///
/// A tensor is a handle: copying it copies the handle, and an operation that writes `into:` a tensor is seen by
/// every tensor over the same storage. ``rows(_:count:)`` makes such a view.
public struct Tensor: Sendable {
  /// The block the elements live in.
  public let storage: TensorStorage

  /// Index in ``storage`` of the first element.
  public let offset: Int

  /// Size of each dimension; an empty shape is a scalar.
  public let shape: [Int]

  /// Number of elements: the product of ``shape``.
  public let count: Int

  /// A tensor of undefined contents, for an operation that is about to write all of it.
  public init(uninitialized shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "negative size in shape \(shape)")
    self.init(storage: TensorStorage(count: shape.reduce(1, *)), offset: 0, shape: shape)
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

  init(storage: TensorStorage, offset: Int, shape: [Int]) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    count = shape.reduce(1, *)
    precondition(offset >= 0 && offset + count <= storage.count, "a view past its storage")
  }

  /// Size of the last dimension, 1 for a scalar: the width of a row.
  public var columns: Int { shape.last ?? 1 }

  /// Number of rows when all dimensions but the last are taken as one.
  public var rowCount: Int { columns == 0 ? 0 : count / columns }

  /// The elements as a Swift array, row-major.
  public var values: [Float] { withUnsafeElements { Array($0) } }

  /// The same elements under another shape of equal count; shares storage.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "cannot view \(self.shape) as \(shape)")
    return Tensor(storage: storage, offset: offset, shape: shape)
  }

  /// Rows `first ..< first + count` of the matrix `[rowCount, columns]`; shares storage.
  public func rows(_ first: Int, count: Int) -> Tensor {
    precondition(first >= 0 && count >= 0 && first + count <= rowCount, "rows \(first)..<\(first + count) of \(shape)")
    return Tensor(storage: storage, offset: offset + first * columns, shape: [count, columns])
  }

  /// Sets every element to `value`.
  public func fill(_ value: Float) {
    withUnsafeMutableElements { $0.update(repeating: value) }
  }

  /// Overwrites the elements with those of `other`, which has as many.
  public func copy(from other: Tensor) {
    precondition(other.count == count, "copy of \(other.shape) into \(shape)")
    other.withUnsafeElements { source in
      withUnsafeMutableElements { target in _ = target.update(fromContentsOf: source) }
    }
  }

  /// A tensor with storage of its own and the same elements.
  public func copied() -> Tensor {
    let result = Tensor(uninitialized: shape)
    result.copy(from: self)
    return result
  }

  /// Calls `body` with the elements, for reading.
  ///
  /// The buffer must not leave the closure.
  public func withUnsafeElements<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(start: storage.base + offset, count: count))
  }

  /// Calls `body` with the elements, for writing.
  ///
  /// The buffer must not leave the closure.
  public func withUnsafeMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(start: storage.base + offset, count: count))
  }
}
