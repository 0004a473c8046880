/// The one owner of a block of memory, aligned to 64 bytes.
///
/// Blocks come from ``BufferPool/current`` and go back to where they came from when the last tensor over them is gone, so
/// that a training loop allocates nothing large after its first step. A fresh block holds whatever its last user left.
public final class TensorStorage {
  /// Bytes in the block.
  public let byteCount: Int

  @usableFromInline let base: UnsafeMutableRawPointer

  private let pool: BufferPool

  /// Takes a block of `byteCount` bytes from the pool.
  ///
  /// Its contents are undefined.
  public init(byteCount: Int) {
    precondition(byteCount >= 0, "a storage of \(byteCount) bytes")
    self.byteCount = byteCount
    pool = BufferPool.current
    base = pool.take(byteCount: byteCount)
  }

  deinit {
    pool.giveBack(base, byteCount: byteCount)
  }
}
