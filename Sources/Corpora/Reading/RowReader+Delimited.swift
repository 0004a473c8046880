extension RowReader {
  func readHeader() throws(CorpusError) {
    guard let length = try nextRecord() else { throw .emptyFile(path: path) }
    let names = window.withBytes { records.strings($0) }
    guard let text = names.firstIndex(of: options.textKey) else {
      throw .missingColumn(path: path, column: options.textKey, found: names)
    }
    textField = text
    fieldCount = names.count
    let places = labelKeys.map { names.firstIndex(of: $0) }
    if places.allSatisfy({ $0 == nil }) {
      try refuseLabels(found: names)
    } else {
      // Some there and some not is a slip of the pen rather than unlabelled data, whatever the policy.
      for (key, place) in zip(labelKeys, places) where place == nil {
        throw .missingColumn(path: path, column: key, found: names)
      }
      labelFields = places.compactMap { $0 }
    }
    window.consume(length)
  }

  /// Brings the next record into `records` and returns its length in bytes; nil at the end.
  func nextRecord() throws(CorpusError) -> Int? {
    while true {
      if window.count == 0 {
        if window.isComplete { return nil }
        try window.fill()
        continue
      }
      let isComplete = window.isComplete
      switch window.withBytes({ records.parse($0, isComplete: isComplete) }) {
      case .record(let length): return length
      case .blank(let length): window.consume(length)
      case .incomplete(let openQuote):
        if let openQuote, isComplete || window.count > ByteWindow.maximumRecordSize {
          throw .unbalancedQuote(path: path, line: window.line(at: openQuote))
        }
        try window.fillWithinRecord()
      }
    }
  }

  func delimitedRow<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, length: Int,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    guard records.fields.count == fieldCount else {
      throw .wrongFieldCount(path: path, line: window.line, expected: fieldCount, found: records.fields.count)
    }
    if records.fields[textField].range.isEmpty { return .skipped(.emptyText, length: length) }
    for index in labelFields.indices {
      let field = labelFields[index]
      let cell = records.withField(field, of: bytes) { labelColumns[index].read($0) }
      let value = try label(
        cell, column: index, written: records.withField(field, of: bytes) { String(decoding: $0, as: UTF8.self) })
      if value == nil, options.labels == .required { return .skipped(cell.skipReason, length: length) }
      labels[index] = value ?? LabelNumber.unknown
    }
    let outcome = records.withField(textField, of: bytes) { text -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(text, labels, window.line) }
    }
    return .row(try outcome.get(), length: length)
  }
}
