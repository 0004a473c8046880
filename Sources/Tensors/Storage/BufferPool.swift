import Foundation

/// Keeps freed tensor blocks for the next request of the same size.
public final class BufferPool: @unchecked Sendable {
  /// The pool that every ``TensorStorage`` uses.
  public static let shared = BufferPool()

  /// Blocks of at least this many bytes count as large.
  public static let largeBlockBytes = 1 << 16

  private let lock = NSLock()
  private var free: [Int: [UnsafeMutableRawPointer]] = [:]
  private var largeAllocations = 0
  private var allocatedBytes = 0

  /// How many blocks of ``largeBlockBytes`` or more were asked of the operating system so far.
  public var largeAllocationCount: Int { lock.withLock { largeAllocations } }

  /// Bytes held, in use or waiting for reuse.
  public var bytesHeld: Int { lock.withLock { allocatedBytes } }

  /// Returns the idle blocks to the operating system.
  public func releaseIdleBlocks() {
    lock.withLock {
      for (capacity, blocks) in free {
        for block in blocks { deallocate(block, capacity: capacity) }
      }
      free.removeAll()
    }
  }

  func take(byteCount: Int) -> UnsafeMutableRawPointer {
    let capacity = Self.capacity(for: byteCount)
    return lock.withLock {
      if let block = free[capacity]?.popLast() { return block }
      if capacity >= Self.largeBlockBytes { largeAllocations += 1 }
      allocatedBytes += capacity
      return LargePages.allocate(byteCount: capacity)
    }
  }

  func giveBack(_ block: UnsafeMutableRawPointer, byteCount: Int) {
    let capacity = Self.capacity(for: byteCount)
    lock.withLock { free[capacity, default: []].append(block) }
  }

  private func deallocate(_ block: UnsafeMutableRawPointer, capacity: Int) {
    allocatedBytes -= capacity
    block.deallocate()
  }

  /// Rounds up to whole cache lines, so that near sizes share blocks and vector loads never cross a block's end.
  private static func capacity(for byteCount: Int) -> Int { (max(byteCount, 1) + 63) / 64 * 64 }
}
