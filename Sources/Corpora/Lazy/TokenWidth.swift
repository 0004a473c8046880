/// The bytes that a token takes in a token file, the smallest that hold a vocabulary.
///
/// A text never holds padding, so a token is stored less one and bytes fit one byte.
enum TokenWidth: Int, Sendable, Codable {
  case one = 1
  case two = 2
  case four = 4

  init(vocabularySize: Int) {
    self = vocabularySize <= 257 ? .one : vocabularySize <= 65_537 ? .two : .four
  }

  /// Appends tokens, little-endian.
  func append(_ tokens: [Int32], to bytes: inout [UInt8]) {
    switch self {
    case .one: for token in tokens { bytes.append(UInt8(truncatingIfNeeded: token - 1)) }
    case .two:
      for token in tokens {
        let stored = UInt16(truncatingIfNeeded: token - 1)
        bytes.append(UInt8(truncatingIfNeeded: stored))
        bytes.append(UInt8(truncatingIfNeeded: stored >> 8))
      }
    case .four:
      for token in tokens { withUnsafeBytes(of: (token - 1).littleEndian) { bytes.append(contentsOf: $0) } }
    }
  }

  /// The tokens that bytes stand for, `nil` when one of them is not below `vocabularySize`.
  func tokens(_ bytes: [UInt8], vocabularySize: Int) -> [Int32]? {
    let count = bytes.count / rawValue
    var greatest: UInt32 = 0
    let tokens = [Int32](unsafeUninitializedCapacity: count) { target, filled in
      bytes.withUnsafeBytes { source in
        for place in 0..<count {
          let stored: UInt32 =
            switch self {
            case .one: UInt32(source[place])
            case .two: UInt32(UInt16(littleEndian: source.loadUnaligned(fromByteOffset: place * 2, as: UInt16.self)))
            case .four: UInt32(littleEndian: source.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
            }
          greatest = max(greatest, stored)
          target[place] = Int32(truncatingIfNeeded: stored &+ 1)
        }
      }
      filled = count
    }
    return count == 0 || Int(greatest) + 1 < vocabularySize ? tokens : nil
  }
}
