import Foundation

/// Blocks of memory that the processor finds its way in with few page entries.
enum LargePages {
  /// Bytes of a large page.
  static let pageBytes = 2 << 20

  /// Allocates `byteCount` bytes, aligned to 64 bytes.
  ///
  /// Blocks of several megabytes are aligned to large pages, and the system is asked for these: weights that are read once
  /// from end to end then come a quarter faster. Where it has none, nothing changes.
  static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    guard byteCount >= 2 * pageBytes else { return .allocate(byteCount: byteCount, alignment: 64) }
    let block = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: pageBytes)
    #if os(Linux)
      madvise(block, byteCount / pageBytes * pageBytes, MADV_HUGEPAGE)
    #endif
    return block
  }
}
