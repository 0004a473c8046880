extension RowReader {
  /// Moves to the next object of the array; false at its end.
  ///
  /// May be called again until the object is consumed.
  func nextObject() throws(CorpusError) -> Bool {
    while true {
      guard let byte = try window.passBlanks() else {
        if arrayPlace == .behindArray { return false }
        throw .invalidJSON(path: path, line: window.line, expected: "a closing bracket before the end of the file")
      }
      switch (arrayPlace, byte) {
      case (.beforeArray, UInt8(ascii: "[")): arrayPlace = .atStart
      case (.atStart, UInt8(ascii: "]")): throw .emptyArray(path: path)
      case (.behindObject, UInt8(ascii: "]")): arrayPlace = .behindArray
      case (.behindObject, UInt8(ascii: ",")): arrayPlace = .behindComma
      case (.atStart, UInt8(ascii: "{")), (.behindComma, UInt8(ascii: "{")): return true
      default: throw .invalidJSON(path: path, line: window.line, expected: arrayPlace.expected)
      }
      window.consume(1)
    }
  }

  func jsonObject<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    let end: Int
    do {
      end = try objects.parseObject(bytes, from: 0)
    } catch JSONFault.incomplete where !window.isComplete {
      return .more
    } catch {
      throw invalid(error, atEnd: "the rest of the object before the end of the file")
    }
    arrayPlace = .behindObject
    return try row(ofObjectAt: 0, in: bytes, length: end, body)
  }

  func row<Result>(
    ofObjectAt start: Int, in bytes: UnsafeBufferPointer<UInt8>, length: Int,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    let line = window.line
    let text = objects.values[0]
    switch text {
    case .absent: throw missingKey(options.textKey, bytes, start)
    case .null: return .skipped(.emptyText, length: length)
    case .boolean, .nested: throw .invalidText(path: path, line: line, key: options.textKey)
    case .string where objects.withText(of: text, in: bytes, BlankText.isBlank) == true:
      return .skipped(.emptyText, length: length)
    case .number, .string: break
    }
    if objects.hasRepeatedKey { summary.remark(.repeatedKey, path: path, line: line) }
    if let key = options.idKey {
      let value = objects.values[labelKeys.count + 1]
      if value == .absent { throw missingKey(key, bytes, start) }
      identifier = output(value, in: bytes)
    }
    for (index, key) in labelKeys.enumerated() {
      let value = objects.values[index + 1]
      let cell = read(value, column: index, in: bytes)
      let number = try label(cell, column: index, written: written(value, in: bytes))
      if number == nil, options.labels == .required {
        if value == .absent { throw missingKey(key, bytes, start) }
        return .skipped(cell.skipReason, length: length)
      }
      labels[index] = number ?? LabelNumber.unknown
    }
    let outcome = objects.withText(of: text, in: bytes) { content -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(content, labels, line) }
    }
    guard let outcome else { throw .invalidText(path: path, line: line, key: options.textKey) }
    return .row(try outcome.get(), length: length)
  }

  /// A value as a table of results has it.
  private func output(_ value: JSONParser.Value, in bytes: UnsafeBufferPointer<UInt8>) -> OutputValue {
    switch value {
    case .absent, .null, .nested: return .null
    case .boolean(let isTrue): return .boolean(isTrue)
    case .number, .string:
      let text = objects.withText(of: value, in: bytes) { String(decoding: $0, as: UTF8.self) } ?? ""
      guard case .number = value else { return .text(text) }
      return Int(text).map(OutputValue.integer) ?? Double(text).map(OutputValue.real) ?? .text(text)
    }
  }

  private func read(
    _ value: JSONParser.Value, column: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> LabelColumn.Outcome {
    switch value {
    case .absent, .null: .empty
    case .boolean(let isTrue): labelColumns[column].read(isTrue)
    case .nested: .notANumber
    case .number, .string: objects.withText(of: value, in: bytes) { labelColumns[column].read($0) } ?? .notANumber
    }
  }

  /// A label as an error shows it.
  private func written(_ value: JSONParser.Value, in bytes: UnsafeBufferPointer<UInt8>) -> String {
    switch value {
    case .boolean(let isTrue): isTrue ? "true" : "false"
    default: objects.withText(of: value, in: bytes) { String(decoding: $0, as: UTF8.self) } ?? "a nested value"
    }
  }

  private func missingKey(_ key: String, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> CorpusError {
    .missingKey(path: path, line: window.line, key: key, found: JSONParser.keys(bytes, from: start))
  }

  func invalid(_ fault: any Error, atEnd: String) -> CorpusError {
    guard case JSONFault.malformed(let offset, let expected) = fault else {
      return .invalidJSON(path: path, line: window.line, expected: atEnd)
    }
    return .invalidJSON(path: path, line: window.line(at: offset), expected: expected)
  }
}
