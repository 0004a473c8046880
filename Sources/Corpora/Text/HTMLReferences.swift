/// Decodes HTML character references by the rules of the HTML standard for text.
enum HTMLReferences {
  private static let longestName = 32

  /// UTF-8 bytes of each name; names that need no semicolon are also listed apart.
  private static let table: (all: [String: [UInt8]], withoutSemicolon: [String: [UInt8]]) = {
    var all: [String: [UInt8]] = [:]
    var withoutSemicolon: [String: [UInt8]] = [:]
    for word in HTML5EntityTable.words.split(separator: " ") {
      guard let mark = word.firstIndex(where: { $0 == "=" || $0 == "!" }) else { continue }
      var bytes: [UInt8] = []
      for code in word[word.index(after: mark)...].split(separator: "-") {
        bytes.append(scalar: UInt32(code, radix: 16) ?? 0xFFFD)
      }
      let name = String(word[..<mark])
      all[name] = bytes
      if word[mark] == "!" { withoutSemicolon[name] = bytes }
    }
    return (all, withoutSemicolon)
  }()

  /// No name that needs no semicolon is longer.
  private static let longestWithoutSemicolon = table.withoutSemicolon.keys.map(\.utf8.count).max() ?? 0

  static func decode(_ text: [UInt8]) -> [UInt8] {
    guard var reference = text.firstIndex(of: UInt8(ascii: "&")) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var position = 0
    while true {
      output.append(contentsOf: text[position..<reference])
      position = decodeReference(text, at: reference, into: &output)
      guard let next = text[position...].firstIndex(of: UInt8(ascii: "&")) else { break }
      reference = next
    }
    output.append(contentsOf: text[position...])
    return output
  }

  /// Decodes what starts with the ampersand at `start`, or copies the ampersand; returns the place behind.
  private static func decodeReference(_ text: [UInt8], at start: Int, into output: inout [UInt8]) -> Int {
    let next = start + 1
    if next < text.count, text[next] == UInt8(ascii: "#") {
      if let end = decodeNumber(text, at: next + 1, into: &output) { return end }
    } else if let end = decodeName(text, at: next, into: &output) {
      return end
    }
    output.append(UInt8(ascii: "&"))
    return next
  }

  private static func decodeName(_ text: [UInt8], at start: Int, into output: inout [UInt8]) -> Int? {
    var end = start
    while end < text.count, end - start < longestName, !isOutsideNames(text[end]) { end += 1 }
    guard end > start else { return nil }
    let name = String(decoding: text[start..<end], as: UTF8.self)
    if end < text.count, text[end] == UInt8(ascii: ";"), let bytes = table.all[name] {
      output.append(contentsOf: bytes)
      return end + 1
    }
    for length in stride(from: min(end - start, longestWithoutSemicolon), to: 1, by: -1) {
      let prefix = String(decoding: text[start..<(start + length)], as: UTF8.self)
      if let bytes = table.withoutSemicolon[prefix] {
        output.append(contentsOf: bytes)
        return start + length
      }
    }
    return nil
  }

  private static func isOutsideNames(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0C, 0x20, UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"): true
    default: false
    }
  }

  private static func decodeNumber(_ text: [UInt8], at start: Int, into output: inout [UInt8]) -> Int? {
    var position = start
    let isHexadecimal = position < text.count && (text[position] | 0x20) == UInt8(ascii: "x")
    if isHexadecimal { position += 1 }
    let radix: UInt32 = isHexadecimal ? 16 : 10
    let first = position
    var code: UInt32 = 0
    while position < text.count, let digit = text[position].hexadecimalDigit, UInt32(digit) < radix {
      // Held above the last code point, where every number means the same.
      code = min(code * radix + UInt32(digit), 0x110000)
      position += 1
    }
    guard position > first else { return nil }
    append(code: code, to: &output)
    if position < text.count, text[position] == UInt8(ascii: ";") { position += 1 }
    return position
  }

  private static func append(code: UInt32, to output: inout [UInt8]) {
    switch code {
    case 0: output.append(scalar: 0xFFFD)
    case 0x80...0x9F: output.append(scalar: windows1252[Int(code - 0x80)])
    case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0xFDD0...0xFDEF: break
    // The last two code points of each plane are no characters.
    case _ where code & 0xFFFE == 0xFFFE && code < 0x110000: break
    default: output.append(scalar: code)
    }
  }

  /// What 0x80 to 0x9F mean in windows-1252; five of them mean themselves.
  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
    0x178,
  ]
}
