extension HeaderScanner {
  /// A JSON string, with its escapes replaced.
  ///
  /// Refuses raw control characters, lone surrogates and bytes that are not UTF-8.
  mutating func jsonString() throws -> String {
    try expect("\"")
    let start = position
    var content: [UInt8] = []
    var plainStart = position
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        content += bytes[plainStart..<position]
        guard let text = String(validating: content, as: UTF8.self) else {
          position = start
          throw error("a string is not valid UTF-8")
        }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        content += bytes[plainStart..<position]
        position += 1
        content += Array(String(try escapedScalar()).utf8)
        plainStart = position
      case 0..<0x20:
        throw error("a string contains a control character")
      default:
        position += 1
      }
    }
    position = start
    throw error("a string has no end")
  }

  /// The character that an escape stands for; the backslash is behind.
  private mutating func escapedScalar() throws -> Unicode.Scalar {
    guard let byte = peek() else { throw error("a string has no end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("a string contains an unknown escape")
    }
  }

  private mutating func unicodeEscape() throws -> Unicode.Scalar {
    var code = try fourHexadecimalDigits()
    if (0xd800..<0xdc00).contains(code) {
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      else { throw error("a string contains half of a surrogate pair") }
      position += 2
      let low = try fourHexadecimalDigits()
      guard (0xdc00..<0xe000).contains(low) else { throw error("a string contains half of a surrogate pair") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw error("a string contains half of a surrogate pair") }
    return scalar
  }

  private mutating func fourHexadecimalDigits() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("a string contains an unknown escape")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
