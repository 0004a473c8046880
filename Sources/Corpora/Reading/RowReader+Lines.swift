extension RowReader {
  /// The length, without its line break, of the next line that is not blank; nil at the end.
  func nextLine() throws(CorpusError) -> Int? {
    while true {
      if window.count == 0 {
        if window.isComplete { return nil }
        try window.fill()
        continue
      }
      guard let length = window.lineLength() else {
        try window.fillWithinRecord()
        continue
      }
      guard window.withBytes({ BlankText.isBlank(UnsafeBufferPointer(rebasing: $0[0..<length])) }) else {
        return length
      }
      if format == .plainText {
        summary.skip(.emptyText, path: path, line: window.line)
      } else {
        blankLines.append(window.line)
      }
      window.consume(min(length + 1, window.count))
    }
  }

  func plainRow<Result>(
    _ line: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    let text = line.last == 13 ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
    if text.place(of: 13, from: 0) < text.count { summary.remark(.loneReturn, path: path, line: window.line) }
    if options.idKey != nil { identifier = .integer(window.line) }
    return .row(try body(text, labels, window.line), length: line.count)
  }

  func jsonLine<Result>(
    _ line: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    let start = line.firstIndex { !$0.isBlank } ?? 0
    do {
      let end = try objects.parseObject(line, from: start)
      if let rest = line[end...].firstIndex(where: { !$0.isBlank }) {
        throw JSONFault.malformed(offset: rest, expected: "the end of the line behind the object")
      }
    } catch {
      throw invalid(error, atEnd: "the rest of the object before the end of the line")
    }
    return try row(ofObjectAt: start, in: line, length: line.count, body)
  }
}
