import Files

extension RowReader {
  /// Finds the columns and passes the header; returns the name of the text's.
  func readHeader() throws(CorpusError) -> String {
    guard let length = try nextRecord() else { throw .emptyFile(path: path) }
    let names = window.withBytes { records.strings($0) }
    textField = try place(ofTextIn: names)
    fieldCount = names.count
    if let key = options.idKey {
      guard let place = try place(of: key, in: names) else {
        throw .missingColumn(path: path, column: key, found: names)
      }
      idField = place
    }
    var places: [Int?] = []
    for key in labelKeys { places.append(try place(of: key, in: names)) }
    if places.allSatisfy({ $0 == nil }) {
      try refuseLabels(found: names)
    } else {
      // Some there and some not is a slip of the pen rather than unlabelled data, whatever the policy.
      for (key, place) in zip(labelKeys, places) where place == nil {
        throw .missingColumn(path: path, column: key, found: names)
      }
      labelFields = places.compactMap { $0 }
    }
    if labelFields.contains(textField) || idField == textField {
      throw .oneNameForTwo(name: names[textField])
    }
    window.consume(length)
    return names[textField]
  }

  private func place(ofTextIn names: [String]) throws(CorpusError) -> Int {
    guard let number = options.textColumn else {
      if let place = try place(of: options.textKey, in: names, isText: true) { return place }
      if let kind = window.withBytes({ ForeignFile(startingWith: $0) }) { throw .foreignFile(path: path, kind: kind) }
      throw .missingColumn(path: path, column: options.textKey, found: names)
    }
    guard names.indices.contains(number - 1) else {
      throw .noSuchColumn(path: path, number: number, name: nil, found: names)
    }
    if options.textKeyRule != .assumed, names[number - 1] != options.textKey {
      throw .noSuchColumn(path: path, number: number, name: options.textKey, found: names)
    }
    return number - 1
  }

  private func place(of key: String, in names: [String], isText: Bool = false) throws(CorpusError) -> Int? {
    let places = names.indices.filter { names[$0] == key }
    guard places.count <= 1 else {
      throw .ambiguousColumn(path: path, column: key, places: places.map { $0 + 1 }, isText: isText)
    }
    return places.first
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
      case .record(let length): return checkingLines(of: length)
      case .blank(let length):
        if fieldCount == 1 {
          summary.skip(.emptyText, path: path, line: window.line)
        } else if fieldCount > 1 {
          blankLines.append(window.line)
        }
        window.consume(length)
      case .incomplete(let openQuote):
        if let openQuote {
          if let length = literalLength(isComplete: isComplete) { return length }
          if isComplete || window.count > ByteWindow.maximumRecordSize {
            throw .unbalancedQuote(path: path, line: window.line(at: openQuote))
          }
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
    if records.withField(textField, of: bytes, BlankText.isBlank) { return .skipped(.emptyText, length: length) }
    for index in labelFields.indices {
      let field = labelFields[index]
      let cell = records.withField(field, of: bytes) { labelColumns[index].read($0) }
      let value = try label(
        cell, column: index, written: records.withField(field, of: bytes) { String(decoding: $0, as: UTF8.self) })
      if value == nil, options.labels == .required { return .skipped(cell.skipReason, length: length) }
      labels[index] = value ?? LabelNumber.unknown
    }
    if let idField {
      identifier = .text(records.withField(idField, of: bytes) { String(decoding: $0, as: UTF8.self) })
    }
    let outcome = records.withField(textField, of: bytes) { text -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(text, labels, window.line) }
    }
    return .row(try outcome.get(), length: length)
  }
}
