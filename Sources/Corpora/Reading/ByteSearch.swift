import Foundation

extension UnsafeBufferPointer where Element == UInt8 {
  /// The first place of `byte` from `start` on, or the count where there is none.
  func place(of byte: UInt8, from start: Int) -> Int {
    guard start < count, let base = baseAddress else { return count }
    guard let found = memchr(base + start, Int32(byte), count - start) else { return count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The first place from `start` on where `pattern`, which is not empty, stands; the count where there is none.
  func place(of pattern: [UInt8], from start: Int) -> Int {
    var position = start
    while true {
      position = place(of: pattern[0], from: position)
      guard position + pattern.count <= count, let base = baseAddress else { return count }
      if memcmp(base + position, pattern, pattern.count) == 0 { return position }
      position += 1
    }
  }
}
