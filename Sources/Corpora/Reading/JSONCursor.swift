/// A place in JSON text that moves forward over its pieces.
struct JSONCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Passes blanks; something must follow.
  mutating func skipBlanks() throws(JSONFault) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
      default: return
      }
    }
    throw .incomplete
  }

  /// Passes `byte` if it is next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func expect(_ byte: UInt8, named name: String) throws(JSONFault) {
    guard position < bytes.count else { throw .incomplete }
    guard take(byte) else {
      let isPython = byte == UInt8(ascii: "\"") && bytes[position] == UInt8(ascii: "'")
      throw .malformed(offset: position, expected: isPython ? "double quotes in place of single ones" : name)
    }
  }

  /// Reads a string; its bytes are put together in `scratch` only when it has escapes.
  mutating func string(named name: String, into scratch: inout [UInt8]) throws(JSONFault) -> JSONString {
    try expect(UInt8(ascii: "\""), named: name)
    let start = position
    try passPlainCharacters()
    if bytes[position] == UInt8(ascii: "\"") {
      position += 1
      return JSONString(range: start..<(position - 1), isInScratch: false)
    }
    let scratchStart = scratch.count
    var pieceStart = start
    while true {
      scratch.append(contentsOf: bytes[pieceStart..<position])
      if take(UInt8(ascii: "\"")) {
        return JSONString(range: scratchStart..<scratch.count, isInScratch: true)
      }
      try escape(into: &scratch)
      pieceStart = position
      try passPlainCharacters()
    }
  }

  /// Moves to the next quote or backslash, which is there afterwards.
  private mutating func passPlainCharacters() throws(JSONFault) {
    position = Self.plainPrefixEnd(bytes, from: position)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
      if byte < 0x20 {
        throw .malformed(offset: position, expected: "a closing quote, or control characters to be escaped")
      }
      position &+= 1
    }
    throw .incomplete
  }

  /// A place before which no quote, backslash or control character stands; looks at eight bytes together.
  private static func plainPrefixEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return start }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highBits = ones &* 0x80
    var position = start
    while position &+ 8 <= bytes.count {
      let word = base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let quotes = word ^ (ones &* 0x22)
      let backslashes = word ^ (ones &* 0x5C)
      // A byte that the subtraction drives below zero, and had no high bit of its own, was below 0x20 or equal.
      let found =
        ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
      if found & highBits != 0 { return position }
      position &+= 8
    }
    return position
  }

  private mutating func escape(into scratch: inout [UInt8]) throws(JSONFault) {
    position += 1
    guard position < bytes.count else { throw .incomplete }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
    case UInt8(ascii: "b"): scratch.append(8)
    case UInt8(ascii: "f"): scratch.append(12)
    case UInt8(ascii: "n"): scratch.append(10)
    case UInt8(ascii: "r"): scratch.append(13)
    case UInt8(ascii: "t"): scratch.append(9)
    case UInt8(ascii: "u"): scratch.append(scalar: try unicodeEscape())
    default: throw .malformed(offset: position - 1, expected: "one of \" \\ / b f n r t u behind a backslash")
    }
  }

  /// The code point of `\uXXXX`, with its second half when it is a surrogate pair; U+FFFD for half a pair.
  private mutating func unicodeEscape() throws(JSONFault) -> UInt32 {
    let first = try hexadecimal()
    guard (0xD800...0xDFFF).contains(first) else { return first }
    guard first < 0xDC00 else { return 0xFFFD }
    guard position < bytes.count else { throw .incomplete }
    guard bytes[position] == UInt8(ascii: "\\") else { return 0xFFFD }
    guard position + 1 < bytes.count else { throw .incomplete }
    guard bytes[position + 1] == UInt8(ascii: "u") else { return 0xFFFD }
    let place = position
    position += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second) else {
      position = place
      return 0xFFFD
    }
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw .incomplete }
      guard let digit = bytes[position].hexadecimalDigit else {
        throw .malformed(offset: position, expected: "four hexadecimal digits behind \\u")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  /// Reads any value; of an object, an array or an infinity only that it is one.
  mutating func value(into scratch: inout [UInt8]) throws(JSONFault) -> JSONParser.Value {
    guard position < bytes.count else { throw .incomplete }
    let start = position
    switch bytes[position] {
    case UInt8(ascii: "\""):
      let string = try string(named: "a string", into: &scratch)
      return .string(string.range, isInScratch: string.isInScratch)
    case UInt8(ascii: "t"):
      try word("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "N"):
      try word("NaN")
      return .null
    case UInt8(ascii: "I"):
      try word("Infinity")
      return .nested
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipValue(depth: 1)
      return .nested
    case UInt8(ascii: "-") where position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "I"):
      position += 1
      try word("Infinity")
      return .nested
    default:
      try number()
      return .number(start..<position)
    }
  }

  /// Passes any value, checking that it is well formed.
  mutating func skipValue(depth: Int) throws(JSONFault) {
    guard position < bytes.count else { throw .incomplete }
    let opening = bytes[position]
    guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") else {
      var scratch: [UInt8] = []
      _ = try value(into: &scratch)
      return
    }
    guard depth < JSONParser.maximumDepth else {
      throw .malformed(offset: position, expected: "at most \(JSONParser.maximumDepth) levels of nesting")
    }
    let isObject = opening == UInt8(ascii: "{")
    let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    position += 1
    try skipBlanks()
    if take(closing) { return }
    while true {
      try skipBlanks()
      if isObject {
        var scratch: [UInt8] = []
        _ = try string(named: "a key in quotes", into: &scratch)
        try skipBlanks()
        try expect(UInt8(ascii: ":"), named: "a colon")
        try skipBlanks()
      }
      try skipValue(depth: depth + 1)
      try skipBlanks()
      if take(closing) { return }
      try expect(UInt8(ascii: ","), named: isObject ? "a comma or a closing brace" : "a comma or a closing bracket")
    }
  }

  private mutating func word(_ word: StaticString) throws(JSONFault) {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw .incomplete }
      guard bytes[position] == word.utf8Start[index] else { throw .malformed(offset: position, expected: "a value") }
      position += 1
    }
  }

  private mutating func number() throws(JSONFault) {
    let start = position
    _ = take(UInt8(ascii: "-"))
    let first = position
    try digits(orExpected: position == start ? "a value" : "a digit")
    if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
      throw .malformed(offset: first, expected: "a number without leading zeros")
    }
    if take(UInt8(ascii: ".")) { try digits(orExpected: "a digit") }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
      try digits(orExpected: "a digit")
    }
  }

  private mutating func digits(orExpected name: String) throws(JSONFault) {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    // A number may go on behind the bytes; every number in an object is followed by something.
    guard position < bytes.count else { throw .incomplete }
    guard position > start else { throw .malformed(offset: position, expected: name) }
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Array where Element == UInt8 {
  /// Appends the UTF-8 bytes of a code point, U+FFFD where it is none.
  mutating func append(scalar code: UInt32) {
    switch code {
    case 0..<0x80: append(UInt8(code))
    case 0x80..<0x800:
      append(0xC0 | UInt8(code >> 6))
      append(0x80 | UInt8(code & 0x3F))
    case 0xD800..<0xE000: append(scalar: 0xFFFD)
    case 0x800..<0x10000:
      append(0xE0 | UInt8(code >> 12))
      append(0x80 | UInt8(code >> 6 & 0x3F))
      append(0x80 | UInt8(code & 0x3F))
    case 0x10000..<0x110000:
      append(0xF0 | UInt8(code >> 18))
      append(0x80 | UInt8(code >> 12 & 0x3F))
      append(0x80 | UInt8(code >> 6 & 0x3F))
      append(0x80 | UInt8(code & 0x3F))
    default: append(scalar: 0xFFFD)
    }
  }
}
