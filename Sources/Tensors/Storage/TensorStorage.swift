import CKernels

/// The one owner of a block of float32 numbers, aligned to 64 bytes.
///
/// Blocks come from ``BufferPool/shared`` and go back to it when the last tensor over them is gone, so that a training
/// loop allocates nothing large after its first step. A fresh block holds whatever its last user left.
public final class TensorStorage: @unchecked Sendable {
  // Shared between threads only as the tensors over it are: one writer at a time, by convention of the operations.

  /// Elements in the block.
  public let count: Int

  @usableFromInline let base: UnsafeMutablePointer<Float>

  /// Takes a block of `count` elements from the pool.
  ///
  /// Its contents are undefined.
  public init(count: Int) {
    precondition(count >= 0, "a storage of \(count) elements")
    self.count = count
    base = BufferPool.shared.take(count: count)
  }

  deinit {
    BufferPool.shared.giveBack(base, count: count)
  }
}
