/// The one owner of a block of memory, aligned to 64 bytes.
///
/// Blocks come from ``BufferPool/shared`` and go back to it when the last tensor over them is gone, so that a training
/// loop allocates nothing large after its first step. A fresh block holds whatever its last user left.
public final class TensorStorage: @unchecked Sendable {
  // Shared between threads only as the tensors over it are: one writer at a time, by convention of the operations.

  /// Bytes in the block.
  public let byteCount: Int

  @usableFromInline let base: UnsafeMutableRawPointer

  /// Takes a block of `byteCount` bytes from the pool.
  ///
  /// Its contents are undefined.
  public init(byteCount: Int) {
    precondition(byteCount >= 0, "a storage of \(byteCount) bytes")
    self.byteCount = byteCount
    base = BufferPool.shared.take(byteCount: byteCount)
  }

  deinit {
    BufferPool.shared.giveBack(base, byteCount: byteCount)
  }
}
