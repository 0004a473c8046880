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
      case (.atStart, UInt8(ascii: "]")), (.behindObject, UInt8(ascii: "]")): arrayPlace = .behindArray
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
    } catch JSONFault.incomplete where !window.isComplete && window.count <= ByteWindow.maximumRecordSize {
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
    case .string(let range, _) where range.isEmpty: return .skipped(.emptyText, length: length)
    case .boolean, .nested: throw .invalidText(path: path, line: line, key: options.textKey)
    case .number, .string: break
    }
    for (index, key) in labelKeys.enumerated() {
      switch try label(objects.values[index + 1], key: key, in: bytes) {
      case .number(let number): labels[index] = number
      case .empty:
        if options.labels == .required {
          if objects.values[index + 1] == .absent { throw missingKey(key, bytes, start) }
          return .skipped(.emptyLabel, length: length)
        }
        labels[index] = LabelNumber.unknown
      case .other: throw .invalidLabel(path: path, line: line, column: key, value: "a nested value")
      }
    }
    let outcome = objects.withText(of: text, in: bytes) { content -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(content, labels, line) }
    }
    guard let outcome else { throw .invalidText(path: path, line: line, key: options.textKey) }
    return .row(try outcome.get(), length: length)
  }

  private func label(
    _ value: JSONParser.Value, key: String, in bytes: UnsafeBufferPointer<UInt8>
  ) throws(CorpusError) -> LabelNumber.Cell {
    switch value {
    case .absent, .null: return .empty
    case .boolean(let isTrue): return .number(isTrue ? 1 : 0)
    case .nested: return .other
    case .number, .string:
      let cell = objects.withText(of: value, in: bytes, LabelNumber.read) ?? .other
      guard cell == .other else { return cell }
      let written = objects.withText(of: value, in: bytes) { String(decoding: $0, as: UTF8.self) }
      throw .invalidLabel(path: path, line: window.line, column: key, value: written ?? "")
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
