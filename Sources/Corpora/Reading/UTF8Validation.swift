/// Checks that bytes are UTF-8 as Unicode defines it (no overlong forms, no surrogates, nothing above U+10FFFF).
enum UTF8Validation {
  /// How far a run of bytes is well formed.
  struct Result: Equatable {
    /// Bytes from the start that are whole, well-formed sequences.
    var validCount: Int
    /// Whether the bytes after them can never become well formed, rather than being cut short.
    var isMalformed: Bool
  }

  static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    var position = 0
    while true {
      position = firstNonASCII(bytes, from: position)
      guard position < bytes.count else { return Result(validCount: position, isMalformed: false) }
      let length = sequenceLength(bytes, at: position)
      guard length > 0 else { return Result(validCount: position, isMalformed: length < 0) }
      position += length
    }
  }

  /// The index of the first byte of 0x80 or above, or the count.
  static func firstNonASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let count = bytes.count
    guard let base = bytes.baseAddress else { return count }
    let raw = UnsafeRawPointer(base)
    while position &+ 32 <= count {
      var bits: UInt64 = 0
      for offset in stride(from: 0, to: 32, by: 8) {
        bits |= raw.loadUnaligned(fromByteOffset: position &+ offset, as: UInt64.self)
      }
      if bits & 0x8080_8080_8080_8080 != 0 { break }
      position &+= 32
    }
    while position < count, bytes[position] < 0x80 { position &+= 1 }
    return position
  }

  /// Bytes of the well-formed sequence at `position`; 0 when the buffer ends inside it; −1 when it is malformed.
  static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    let first = bytes[position]
    if first < 0x80 { return 1 }
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return -1
    }
    for offset in 1..<length {
      guard position + offset < bytes.count else { return 0 }
      let byte = bytes[position + offset]
      guard byte >= lowest, byte <= highest else { return -1 }
      lowest = 0x80
      highest = 0xBF
    }
    return length
  }

  /// Line feeds among the bytes.
  static func lineFeeds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var total = 0
    var position = 0
    while position < bytes.count {
      // A byte-wide counter keeps the loop in vector registers; it is emptied before it can overflow.
      let stop = min(position &+ 255, bytes.count)
      var part: UInt8 = 0
      while position < stop {
        part &+= bytes[position] == 10 ? 1 : 0
        position &+= 1
      }
      total &+= Int(part)
    }
    return total
  }
}
