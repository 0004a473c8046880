import Files

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
  public internal(set) var summary = ReadingSummary()
  /// The column or key of the text.
  public private(set) var textName: String
  /// Whether the rows can have labels: a table has their columns, or they were required.
  ///
  /// Of JSON and plain text only what was asked for is known.
  public var hasLabelColumns: Bool { !labelFields.isEmpty || (options.labels == .required && !labelKeys.isEmpty) }
  /// What the last row has for ``ReadingOptions/idKey``.
  public internal(set) var identifier: OutputValue?
  /// Bytes of the file; 0 for a pipe.
  public var fileSize: Int { window.fileSize }

  let window: ByteWindow
  let options: ReadingOptions
  let labelKeys: [String]
  var records: DelimitedParser
  var objects: JSONParser
  /// Fields of the text and of each label in a delimited row; the latter empty when no label column is there.
  var textField = 0
  var labelFields: [Int] = []
  var idField: Int?
  /// Lines of blanks that are counted once a row follows.
  var blankLines: [Int] = []
  var fieldCount = 0
  var arrayPlace = ArrayPlace.beforeArray
  var labels: [Float]
  var labelColumns: [LabelColumn]

  /// For each label column the names of the labels 0, 1, … read so far; empty for numbers.
  ///
  /// Names that are learned are numbered as they come.
  public var classNames: [[String]] { labelColumns.map(\.names) }

  /// Opens `path` and finds out its shape: by extension and content, for `-` by content alone.
  ///
  /// - Throws: `CorpusError` for a file that is missing, empty, of no known extension or without the wanted columns.
  public convenience init(path: String, options: ReadingOptions) throws(CorpusError) {
    var fileExtension: String?
    if path != "-" {
      let facts = try FileFacts(path: path)
      do {
        fileExtension = try CorpusPath.knownExtension(of: path)
      } catch {
        // What a file is says more than its unknown name.
        if facts.isRegular, let kind = ForeignFile(readingStartOf: path) {
          throw CorpusError.foreignFile(path: path, kind: kind)
        }
        throw error
      }
    }
    let window = try ByteWindow(path: path, encoding: options.encoding, obeysMark: options.obeysByteOrderMark)
    try self.init(window, fileExtension: fileExtension, options: options)
  }

  /// Reads bytes in memory as if they were a file of the name `path`, decompressed and converted in the same way.
  ///
  /// - Throws: as for a file; with a path that has no extension, content decides.
  public convenience init(bytes: [UInt8], named path: String, options: ReadingOptions) throws(CorpusError) {
    try self.init(bytes: bytes, named: path, options: options, pieceSize: ByteWindow.pieceSize)
  }

  /// The same, read in pieces of `pieceSize` bytes, 16 or more.
  package convenience init(
    bytes: [UInt8], named path: String, options: ReadingOptions, pieceSize: Int
  ) throws(CorpusError) {
    let window = try ByteWindow(
      MemorySource(bytes), path: path, fileSize: bytes.count, encoding: options.encoding,
      obeysMark: options.obeysByteOrderMark, pieceSize: pieceSize)
    try self.init(window, fileExtension: try CorpusPath.knownExtension(of: path), options: options)
  }

  private init(_ window: ByteWindow, fileExtension: String?, options: ReadingOptions) throws(CorpusError) {
    let path = window.path
    self.path = path
    self.options = options
    self.window = window
    let keys = options.wantedLabelKeys
    labelKeys = keys
    labels = Array(repeating: LabelNumber.unknown, count: keys.count)
    labelColumns = []
    for column in keys.indices {
      labelColumns.append(try LabelColumn(options.classes, map: options.labelMap, column: column))
    }
    textName = options.textKey
    if let name = options.nameOfTwoPurposes { throw .oneNameForTwo(name: name) }
    let found = try ShapeDetection(window, fileExtension: fileExtension, options: options)
    format = found.format
    records = DelimitedParser(delimiter: found.delimiter, heedsQuotes: options.quoting != Quoting.none)
    objects = JSONParser(keys: [options.textKey] + keys + (options.idKey.map { [$0] } ?? []))
    summary.notices = found.notices
    if window.hasDroppedMark { summary.notices.append(.markOfUTF8(path: path, encoding: options.encoding)) }
    switch format {
    case .delimited: textName = try readHeader()
    case .plainText:
      if options.labels == .required, let key = keys.first { throw .labelsInPlainText(path: path, column: key) }
      try refuseLabels(found: [])
      for line in 1..<window.line { summary.skip(.emptyText, path: path, line: line) }
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
        countBlankLines()
        consume(length)
        return result
      case .skipped(let reason, let length):
        countBlankLines()
        summary.skip(reason, path: path, line: line)
        consume(length)
      case .more:
        try window.fillWithinRecord()
      }
    }
  }

  /// Where in an array of objects the next byte stands.
  enum ArrayPlace {
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
  enum Step<Result> {
    case row(Result, length: Int)
    case skipped(SkipReason, length: Int)
    /// The row goes on behind the visible bytes.
    case more
  }

  private func consume(_ length: Int) {
    switch format {
    // The length of a line is that without its line feed, which the last line may lack.
    case .jsonLines, .plainText:
      let isEnded = length < window.count
      window.consume(isEnded ? length + 1 : length, lineFeeds: isEnded ? 1 : 0)
    case .delimited, .jsonArray: window.consume(length)
    }
  }

  /// Blank lines between rows are told; those behind the last row are how many editors end a file.
  private func countBlankLines() {
    guard !blankLines.isEmpty else { return }
    for line in blankLines { summary.skip(.blankLine, path: path, line: line) }
    blankLines.removeAll()
  }

  /// What a label cell means, as a number.
  ///
  /// - Returns: nil for an empty cell, and for a label that the map does not name.
  func label(
    _ outcome: LabelColumn.Outcome, column: Int, written: @autoclosure () -> String
  ) throws(CorpusError) -> Float? {
    let key = labelKeys[column]
    let line = window.line
    switch outcome {
    case .value(let number):
      if number == LabelNumber.unknown { summary.labelsWrittenAsUnknown += 1 }
      return number
    case .empty: return nil
    case .unmapped:
      summary.addUnmapped(written())
      return nil
    case .notANumber: throw .invalidLabel(path: path, line: line, column: key, value: written())
    case .numberAmongNames: throw .numberAmongNames(path: path, line: line, column: key, value: written())
    case .unknownName:
      throw .unknownClass(
        path: path, line: line, column: key, value: written(), known: labelColumns[column].names)
    case .tooManyNames:
      throw .tooManyClasses(path: path, line: line, column: key, limit: LabelColumn.maximumNames)
    }
  }

  /// What is wrong with a file whose last row has been read and that gave none.
  var noUsableRows: CorpusError {
    if let map = options.labelMap, summary.skipped[.unmappedLabel]?.count == summary.rowsSkipped,
      summary.rowsSkipped > 0
    {
      return .noMappedLabels(path: path, map: map.description, found: summary.unmappedSpellings)
    }
    return .noUsableRows(path: path, rowsSkipped: summary.rowsSkipped)
  }

  /// `withBytes` for bodies that throw errors of this target only.
  func inWindow<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Result {
    let outcome = window.withBytes { bytes -> Swift.Result<Result, CorpusError> in
      Swift.Result { () throws(CorpusError) in try body(bytes) }
    }
    return try outcome.get()
  }

  func refuseLabels(found: [String]) throws(CorpusError) {
    guard let key = labelKeys.first else { return }
    if options.labels == .required { throw .missingColumn(path: path, column: key, found: found) }
    summary.missingLabelKeys = labelKeys
  }
}
