/// Quotes that are none: cells that would swallow the rows behind them.
extension RowReader {
  /// In TAB-separated text without `--quoting`, an open quote is looked for this far.
  private static let literalLookAhead = 1 << 20

  /// Whether a quote may turn out to be a character.
  private var mayBeLiteral: Bool { options.quoting == nil && records.delimiter == UInt8(ascii: "\t") }

  /// Looks at a record whose quotes may have joined lines, which is in `records`; the length of the one that counts.
  func checkingLines(of length: Int) -> Int {
    guard records.hasQuotes, window.withBytes({ $0.place(of: 10, from: 0) < length - 1 }) else { return length }
    let isSwallowed =
      fieldCount > 1
      ? everyLineIsARow(within: length) : records.hasTextBehindQuote || (fieldCount == 0 && mayBeLiteral)
    guard isSwallowed else { return length }
    if mayBeLiteral { return parseLiterally() }
    if fieldCount > 0 { summary.remark(.spanningCell, path: path, line: window.line) }
    return length
  }

  /// The length of the first line as a record of its own, where its open quote can only be a character; nil to read on.
  func literalLength(isComplete: Bool) -> Int? {
    guard mayBeLiteral, isComplete || window.count > Self.literalLookAhead else { return nil }
    let lineLength = window.withBytes { bytes in bytes.place(of: 10, from: 0) + 1 }
    let length = min(lineLength, window.count)
    guard isComplete || lineLength <= window.count else { return nil }
    // Nothing closes the quote any more: the line is a row by itself or there is none.
    guard everyLineIsARow(within: isComplete ? length : window.count, lastIsWhole: isComplete) else { return nil }
    return parseLiterally()
  }

  /// Whether the lines of the first `length` bytes each have as many fields as the header when quotes mean nothing.
  private func everyLineIsARow(within length: Int, lastIsWhole: Bool = true) -> Bool {
    window.withBytes { bytes in
      var start = 0
      while start < length {
        let end = bytes.place(of: 10, from: start)
        if end >= length, !lastIsWhole { return true }
        let line = bytes[start..<min(end, length)]
        guard line.count(where: { $0 == records.delimiter }) + 1 == fieldCount else { return false }
        start = end + 1
      }
      return true
    }
  }

  /// Brings the first line into `records` as it is, and returns its length.
  private func parseLiterally() -> Int {
    if fieldCount > 0 { summary.remark(.literalQuote, path: path, line: window.line) }
    let isComplete = window.isComplete
    records.heedsQuotes = false
    defer { records.heedsQuotes = true }
    return window.withBytes { bytes in
      guard case .record(let length) = records.parse(bytes, isComplete: isComplete) else { return bytes.count }
      return length
    }
  }
}
