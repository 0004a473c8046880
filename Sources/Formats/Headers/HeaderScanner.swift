/// Reads the tokens of a header one by one, strictly and within bounds: those that JSON and Python literals share.
struct HeaderScanner {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next byte, nil at the end.
  func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  func error(_ reason: String) -> HeaderSyntaxError {
    HeaderSyntaxError(offset: position, reason: reason)
  }

  mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
  }

  /// Skips space and then `character`, if it comes next.
  mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard let byte = peek(), byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws {
    guard accept(character) else { throw error("a '\(character)' is missing") }
  }

  /// A whole number of at least 0 that fits 63 bits, without sign, fraction or exponent.
  mutating func wholeNumber() throws -> Int {
    skipSpace()
    let start = position
    var value = 0
    while let byte = peek(), (0x30...0x39).contains(byte) {
      let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (next, overflow) = shifted.addingReportingOverflow(Int(byte) - 0x30)
      guard !tooLarge, !overflow else { throw error("a number is too large") }
      value = next
      position += 1
    }
    let digits = position - start
    guard digits > 0 else { throw error("a whole number of at least 0 is missing") }
    guard digits == 1 || bytes[start] != 0x30 else { throw error("a number has a leading zero") }
    return value
  }
}
