/// One text with its labels.
public struct CorpusRow: Sendable, Equatable {
  /// UTF-8 bytes of the text, as read.
  public var text: [UInt8]
  /// One number for each label column; −1 is unknown.
  public var labels: [Float]
  /// Physical line, from 1, where the row starts.
  public var line: Int

  /// A row of its parts.
  public init(text: [UInt8], labels: [Float], line: Int) {
    self.text = text
    self.labels = labels
    self.line = line
  }
}

/// Reads a text file, or standard input, row by row.
///
/// A row is delivered as soon as it has been read, so that a program can answer standard input line by line. Memory is one
/// piece of the file, or one row where that is longer.
public final class RowReader {
  /// The path as given; `-` is standard input.
  public let path: String
  /// The shape found.
  public let format: CorpusFormat
  /// What has been read and left out so far.
  public private(set) var summary = ReadingSummary()
  /// Bytes of the file; 0 for a pipe.
  public var fileSize: Int { window.fileSize }

  private let window: ByteWindow
  private let options: ReadingOptions
  private let labelKeys: [String]
  private var records: DelimitedParser
  private var objects: JSONParser
  /// Fields of the text and of each label in a delimited row; the latter empty when no label column is there.
  private var textField = 0
  private var labelFields: [Int] = []
  private var fieldCount = 0
  private var arrayPlace = ArrayPlace.beforeArray
  private var labels: [Float]

  /// Opens `path` and finds out its shape: by extension and content, for `-` by content alone.
  ///
  /// - Throws: `CorpusError` for a file that is missing, empty, of no known extension or without the wanted columns.
  public init(path: String, options: ReadingOptions) throws(CorpusError) {
    self.path = path
    self.options = options
    labelKeys = options.wantedLabelKeys
    labels = Array(repeating: LabelNumber.unknown, count: labelKeys.count)
    if path != "-" { _ = try FileFacts(path: path) }
    let fileExtension = path == "-" ? nil : try CorpusPath.knownExtension(of: path)
    window = try ByteWindow(path: path, encoding: options.encoding)
    var delimiter = try options.delimiterByte(for: path)
    let first = try window.passBlanks()
    guard let first else { throw .emptyFile(path: path) }
    switch (fileExtension, first) {
    case ("csv", _), ("tsv", _): format = .delimited(delimiter)
    case (_, UInt8(ascii: "[")): format = .jsonArray
    case (_, UInt8(ascii: "{")): format = .jsonLines
    case (nil, _):
      if let found = try window.headerDelimiter(textKey: options.textKey, first: delimiter, options: options) {
        delimiter = found
        format = .delimited(found)
      } else {
        format = .plainText
      }
    default: throw .invalidJSON(path: path, line: window.line, expected: "\"[\" or \"{\"")
    }
    records = DelimitedParser(delimiter: delimiter)
    objects = JSONParser(keys: [options.textKey] + labelKeys)
    switch format {
    case .delimited: try readHeader()
    case .plainText: try refuseLabels(found: [])
    case .jsonArray, .jsonLines: break
    }
  }

  /// The next row that has a text, or nil at the end.
  public func next() throws(CorpusError) -> CorpusRow? {
    try nextRow { text, labels, line in CorpusRow(text: Array(text), labels: labels, line: line) }
  }

  /// Calls `body` with the text, the labels and the line of the next row, or returns nil at the end.
  func nextRow<Result>(
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Result? {
    while true {
      let line: Int
      let step: Step<Result>
      switch format {
      case .delimited:
        guard let length = try nextRecord() else { return nil }
        line = window.line
        step = try inWindow { bytes throws(CorpusError) in try self.delimitedRow(bytes, length: length, body) }
      case .jsonLines, .plainText:
        guard let length = try nextLine() else { return nil }
        line = window.line
        step = try inWindow { bytes throws(CorpusError) in
          let content = UnsafeBufferPointer(rebasing: bytes[0..<length])
          return self.format == .plainText
            ? try self.plainRow(content, body) : try self.jsonLine(content, body)
        }
      case .jsonArray:
        guard try nextObject() else { return nil }
        line = window.line
        step = try inWindow { bytes throws(CorpusError) in try self.jsonObject(bytes, body) }
      }
      switch step {
      case .row(let result, let length):
        summary.rowsRead += 1
        window.consume(length)
        return result
      case .skipped(let reason, let length):
        summary.skip(reason, path: path, line: line)
        window.consume(length)
      case .more:
        try window.fill()
      }
    }
  }

  /// Where in an array of objects the next byte stands.
  private enum ArrayPlace {
    case beforeArray, atStart, behindObject, behindComma, behindArray

    var expected: String {
      switch self {
      case .beforeArray: "an array"
      case .atStart: "an object or a closing bracket"
      case .behindObject: "a comma or a closing bracket"
      case .behindComma: "an object"
      case .behindArray: "nothing behind the array"
      }
    }
  }

  /// What came of looking at the next row.
  private enum Step<Result> {
    case row(Result, length: Int)
    case skipped(SkipReason, length: Int)
    /// The row goes on behind the visible bytes.
    case more
  }

  /// `withBytes` for bodies that throw errors of this target only.
  private func inWindow<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Result {
    let outcome = window.withBytes { bytes -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(bytes) }
    }
    return try outcome.get()
  }

  private func refuseLabels(found: [String]) throws(CorpusError) {
    guard let key = labelKeys.first else { return }
    if options.labels == .required { throw .missingColumn(path: path, column: key, found: found) }
    summary.missingLabelKeys = labelKeys
  }
}

// MARK: - Delimited text

extension RowReader {
  private func readHeader() throws(CorpusError) {
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
  private func nextRecord() throws(CorpusError) -> Int? {
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
        try window.fill()
      }
    }
  }

  private func delimitedRow<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, length: Int,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    guard records.fields.count == fieldCount else {
      throw .wrongFieldCount(path: path, line: window.line, expected: fieldCount, found: records.fields.count)
    }
    if records.fields[textField].range.isEmpty { return .skipped(.emptyText, length: length) }
    for (index, field) in labelFields.enumerated() {
      switch records.withField(field, of: bytes, LabelNumber.read) {
      case .number(let number): labels[index] = number
      case .empty:
        if options.labels == .required { return .skipped(.emptyLabel, length: length) }
        labels[index] = LabelNumber.unknown
      case .other:
        let value = records.withField(field, of: bytes) { String(decoding: $0, as: UTF8.self) }
        throw .invalidLabel(path: path, line: window.line, column: labelKeys[index], value: value)
      }
    }
    let outcome = records.withField(textField, of: bytes) { text -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(text, labels, window.line) }
    }
    return .row(try outcome.get(), length: length)
  }
}

// MARK: - Lines

extension RowReader {
  /// The length, without its line break, of the next line that is not blank; nil at the end.
  private func nextLine() throws(CorpusError) -> Int? {
    while true {
      if window.count == 0 {
        if window.isComplete { return nil }
        try window.fill()
        continue
      }
      guard let length = window.lineLength() else {
        try window.fill()
        continue
      }
      let isBlank = window.withBytes { $0[0..<length].allSatisfy(\.isBlank) }
      if !isBlank { return length }
      window.consume(min(length + 1, window.count))
    }
  }

  private func plainRow<Result>(
    _ line: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, [Float], Int) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Step<Result> {
    let text = line.last == 13 ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
    return .row(try body(text, labels, window.line), length: line.count)
  }

  private func jsonLine<Result>(
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

// MARK: - JSON array

extension RowReader {
  /// Moves to the next object of the array; false at its end.
  ///
  /// May be called again until the object is consumed.
  private func nextObject() throws(CorpusError) -> Bool {
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

  private func jsonObject<Result>(
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

  private func row<Result>(
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

  private func invalid(_ fault: any Error, atEnd: String) -> CorpusError {
    guard case JSONFault.malformed(let offset, let expected) = fault else {
      return .invalidJSON(path: path, line: window.line, expected: atEnd)
    }
    return .invalidJSON(path: path, line: window.line(at: offset), expected: expected)
  }
}
