import Files

/// The machine's way to the bytes of the file.
extension PickleMachine {
  func malformed(_ reason: String, at place: Int? = nil) -> FormatError {
    .malformed(path: file.path, reason: "its pickle is damaged: \(reason) at byte \(place ?? position)")
  }

  mutating func byte() throws -> UInt8 {
    guard position < end else { throw FormatError.truncated(path: file.path, expected: end + 1, found: file.count) }
    position += 1
    return file.byte(at: position - 1)
  }

  mutating func bytes(_ count: Int) throws -> Range<Int> {
    guard count >= 0, count <= end - position else {
      let (expected, overflow) = position.addingReportingOverflow(max(count, 0))
      throw FormatError.truncated(
        path: file.path, expected: overflow ? Int.max : expected, found: min(end, file.count))
    }
    position += count
    return position - count..<position
  }

  /// An unsigned number of up to 8 bytes; negative when it is beyond 63 bits.
  mutating func littleEndian(_ count: Int) throws -> Int {
    Int(truncatingIfNeeded: file.bytes(try bytes(count)).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// The bytes up to the next line feed.
  mutating func line() throws -> Range<Int> {
    let start = position
    while try byte() != UInt8(ascii: "\n") {}
    return start..<position - 1
  }

  /// A short text such as a name.
  func shortText(_ range: Range<Int>) throws -> String {
    guard range.count <= 1000, let text = String(validating: file.bytes(range), as: UTF8.self) else {
      throw malformed("a name is too long or not UTF-8")
    }
    return text
  }

  func decimal(_ range: Range<Int>) throws -> Int {
    guard let value = Int(try shortText(range)) else { throw malformed("a number is missing") }
    return value
  }

  func number(in range: Range<Int>, _ operation: PickleOpcode) throws -> PickleValue {
    var text = try shortText(range)
    if operation == .float {
      guard let value = Double(text) else { throw malformed("a number is missing") }
      return .number(value)
    }
    if operation == .integer, text == "00" || text == "01" { return .boolean(text == "01") }
    if text.hasSuffix("L") { text.removeLast() }
    guard let value = Int(text) else { throw malformed("a number is missing or beyond 64 bits") }
    return .integer(value)
  }

  mutating func longInteger(byteCount: Int) throws -> PickleValue {
    let range = try bytes(byteCount)
    guard byteCount <= 8 else { return .largeInteger(range) }
    let raw = file.bytes(range)
    let isNegative = raw.last.map { $0 >= 0x80 } ?? false
    return .integer(raw.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) })
  }

  /// A string between quotation marks, as protocol 0 writes it; escapes are not read.
  func quotedString(_ range: Range<Int>) throws -> PickleValue {
    let raw = file.bytes(range.lowerBound..<min(range.upperBound, range.lowerBound + 1001))
    guard raw.count == range.count, raw.count >= 2, let quote = raw.first, quote == raw.last,
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), !raw.contains(UInt8(ascii: "\\"))
    else { throw malformed("a quoted string is too long or has escapes") }
    return .bytes(range.lowerBound + 1..<range.upperBound - 1)
  }
}
