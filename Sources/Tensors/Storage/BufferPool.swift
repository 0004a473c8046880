import CKernels
import Foundation

/// Keeps freed tensor blocks for the next request of about the same size.
///
/// Sizes are rounded up to sixteen steps between one power of two and the next, so that near sizes share blocks. Where
/// sizes keep changing, idle blocks go back to the system, those idle longest first, as soon as more than half as much
/// again is held as was ever in use at once: memory follows what a program needs, not the variety of its shapes.
public final class BufferPool: @unchecked Sendable {
  /// The pool of the process.
  public static let shared = BufferPool()

  /// The pool that new tensors take their blocks from; ``shared`` unless a task has set another for itself.
  @TaskLocal public static var current = BufferPool.shared

  /// Blocks of at least this many bytes count as large, and only these are given back.
  public static let largeBlockBytes = 1 << 16

  /// What may be idle besides half of what was in use: less is not worth giving back.
  static let spareBytes = 16 << 20

  private struct IdleBlock {
    var address: UnsafeMutableRawPointer
    var idleSince: Int
  }

  private let lock = NSLock()
  private var idle: [Int: [IdleBlock]] = [:]
  private var releases = 0
  private var largeAllocations = 0
  private var heldBytes = 0
  private var usedBytes = 0
  private var peakUsedBytes = 0

  /// An empty pool.
  public init() {}

  deinit { releaseIdleBlocks() }

  /// How many blocks of ``largeBlockBytes`` or more were asked of the operating system so far.
  public var largeAllocationCount: Int { lock.withLock { largeAllocations } }

  /// Bytes held, in use or waiting for reuse.
  public var bytesHeld: Int { lock.withLock { heldBytes } }

  /// Bytes in use now.
  public var bytesInUse: Int { lock.withLock { usedBytes } }

  /// The most bytes that were in use at once since the pool was made or last emptied.
  public var peakBytesInUse: Int { lock.withLock { peakUsedBytes } }

  /// Returns the idle blocks to the operating system, and forgets how much was in use before.
  public func releaseIdleBlocks() {
    lock.withLock {
      for (capacity, blocks) in idle {
        for block in blocks { deallocate(block.address, capacity: capacity) }
      }
      idle.removeAll()
      peakUsedBytes = usedBytes
    }
  }

  func take(byteCount: Int) -> UnsafeMutableRawPointer {
    let capacity = Self.capacity(for: byteCount)
    let block = lock.withLock {
      usedBytes += capacity
      peakUsedBytes = max(peakUsedBytes, usedBytes)
      if let block = idle[capacity]?.popLast() { return block.address }
      if capacity >= Self.largeBlockBytes { largeAllocations += 1 }
      heldBytes += capacity
      giveBackExcess()
      return LargePages.allocate(byteCount: capacity)
    }
    // A sanitizer would not see that a block is idle, nor that its end was not asked for.
    ck_allow_memory(block, byteCount)
    ck_forbid_memory(block + byteCount, capacity - byteCount)
    return block
  }

  func giveBack(_ block: UnsafeMutableRawPointer, byteCount: Int) {
    let capacity = Self.capacity(for: byteCount)
    ck_forbid_memory(block, capacity)
    lock.withLock {
      usedBytes -= capacity
      releases += 1
      idle[capacity, default: []].append(IdleBlock(address: block, idleSince: releases))
    }
  }

  /// Frees large idle blocks until what is held is in proportion to what was in use.
  private func giveBackExcess() {
    while heldBytes > peakUsedBytes + peakUsedBytes / 2 + Self.spareBytes {
      // Blocks of one size are idle in the order of their release.
      let oldest = idle.filter { $0.key >= Self.largeBlockBytes && !$0.value.isEmpty }
        .min { ($0.value.first?.idleSince ?? 0) < ($1.value.first?.idleSince ?? 0) }
      guard let capacity = oldest?.key, let block = idle[capacity]?.removeFirst() else { return }
      deallocate(block.address, capacity: capacity)
    }
  }

  private func deallocate(_ block: UnsafeMutableRawPointer, capacity: Int) {
    heldBytes -= capacity
    ck_allow_memory(block, capacity)
    block.deallocate()
  }

  /// Rounds up to a sixteenth of the power of two below, and to whole cache lines, so that vector loads never cross a
  /// block's end.
  static func capacity(for byteCount: Int) -> Int {
    let lines = max(byteCount, 1)
    let power = Int.bitWidth - 1 - lines.leadingZeroBitCount
    let step = max(64, 1 << max(power - 4, 0))
    return (lines + step - 1) / step * step
  }
}
