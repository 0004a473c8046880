extension HeaderScanner {
  /// A Python string between either quotation mark.
  ///
  /// Refuses escapes, which no npy header needs.
  mutating func pythonString() throws -> String {
    skipSpace()
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw error("a string is missing")
    }
    position += 1
    let start = position
    while let byte = peek(), byte != quote {
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { throw error("a string contains an escape") }
      position += 1
    }
    guard peek() == quote, let text = String(validating: bytes[start..<position], as: UTF8.self) else {
      throw error("a string has no end or is not UTF-8")
    }
    position += 1
    return text
  }

  /// `True` or `False`.
  mutating func pythonTruthValue() throws -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw error("True or False is missing")
  }
}
