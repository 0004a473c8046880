import Files

/// Finds out, once for a whole file or stream, what its rows look like: from what was asked for, the name, and the first line.
struct ShapeDetection {
  private(set) var format: CorpusFormat
  private(set) var delimiter: UInt8
  private(set) var notices: [ReadingNotice] = []

  private let window: ByteWindow
  private let options: ReadingOptions

  /// Looks at a window that stands at the start of its bytes.
  ///
  /// - Throws: `CorpusError` for a file that is empty, or that has no columns where some were asked for.
  init(_ window: ByteWindow, fileExtension: String?, options: ReadingOptions) throws(CorpusError) {
    self.window = window
    self.options = options
    delimiter = try options.delimiterByte(for: window.path)
    format = .plainText
    guard let first = try window.passBlankLines() else { throw .emptyFile(path: window.path) }
    let isJSON = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
    switch fileExtension {
    case "csv", "tsv": format = .delimited(delimiter)
    case "txt": try readTextFile()
    case nil where options.delimiter != nil: format = .delimited(delimiter)
    case nil where isJSON: format = first == UInt8(ascii: "[") ? .jsonArray : .jsonLines
    case nil: try readUnnamed()
    default:
      guard isJSON else {
        throw refusal ?? .invalidJSON(path: window.path, line: window.line, expected: "\"[\" or \"{\"")
      }
      format = first == UInt8(ascii: "[") ? .jsonArray : .jsonLines
    }
    if fileExtension == nil, options.looseJSON, !isJSON {
      throw .notLooseJSON(path: window.path, line: window.line)
    }
    try checkOptions()
  }

  /// The kind of the file, if it is one that holds no texts, as the error that says so.
  var refusal: CorpusError? {
    window.withBytes { ForeignFile(startingWith: $0) }.map { .foreignFile(path: window.path, kind: $0) }
  }

  /// A name that ends in `.txt` says plain text, unless columns were asked for.
  private mutating func readTextFile() throws(CorpusError) {
    if options.delimiter != nil || options.textColumn != nil {
      delimiter = try likelyDelimiter() ?? delimiter
      format = .delimited(delimiter)
    } else if let found = try delimiterOfTextColumn() {
      if options.textKeyRule == .assumed {
        notices.append(.plainTextWithColumn(path: window.path, textKey: options.textKey))
      } else {
        notices.append(.textFileWithColumns(path: window.path, textKey: options.textKey))
        delimiter = found
        format = .delimited(found)
      }
    } else if options.textKeyRule == .mustExist {
      throw try missingColumn()
    }
  }

  /// Without a name that tells, the first line does.
  private mutating func readUnnamed() throws(CorpusError) {
    if options.textColumn != nil {
      delimiter = try likelyDelimiter() ?? delimiter
      format = .delimited(delimiter)
    } else if let found = try delimiterOfTextColumn() {
      delimiter = found
      format = .delimited(found)
    } else if options.textKeyRule != .assumed {
      throw try missingColumn()
    } else if let columns = try likelyHeader() {
      notices.append(.plainTextWithHeader(path: window.path, textKey: options.textKey, columns: columns))
    }
  }

  private mutating func checkOptions() throws(CorpusError) {
    let what: String
    switch format {
    case .delimited:
      if options.looseJSON { note(.looseJSON, "has columns") }
      return
    case .plainText: what = "is plain text, one text a line,"
    case .jsonArray:
      what = "is JSON"
      if options.looseJSON { note(.looseJSON, "is one array of objects") }
    case .jsonLines: what = "is JSON"
    }
    if options.textColumn != nil { throw .noColumns(path: window.path, what: what) }
    if options.delimiter != nil { note(.delimiter, what) }
    if options.quoting != nil { note(.quoting, what) }
  }

  private mutating func note(_ setting: ReadingSetting, _ reason: String) {
    let reason = reason.hasSuffix(",") ? String(reason.dropLast()) : reason
    notices.append(.withoutEffect(path: window.path, setting: setting, reason: reason))
  }

  /// The delimiter under which the first line is a header with the text's column, if there is one.
  private func delimiterOfTextColumn() throws(CorpusError) -> UInt8? {
    for candidate in [delimiter, UInt8(ascii: "\t")] {
      if try window.headerFields(delimiter: candidate).contains(options.textKey) { return candidate }
    }
    return nil
  }

  /// The delimiter that was asked for, or the one that divides the first line most.
  private func likelyDelimiter() throws(CorpusError) -> UInt8? {
    if options.delimiter != nil { return nil }
    var best: (delimiter: UInt8, count: Int)?
    for candidate in Self.delimiters {
      let count = try window.headerFields(delimiter: candidate).count
      if count > max(1, best?.count ?? 1) { best = (candidate, count) }
    }
    return best?.delimiter
  }

  /// The fields of the first line, where they look like the names of columns rather than like a text.
  private func likelyHeader() throws(CorpusError) -> [String]? {
    let delimiter = try likelyDelimiter() ?? delimiter
    let fields = try window.headerFields(delimiter: delimiter)
    if fields.count == 1 {
      let word = fields[0].lowercased()
      return Self.usualNames.contains(word) || word == options.textKey.lowercased() ? fields : nil
    }
    let areNames = fields.allSatisfy { field in
      !field.isEmpty && field.utf8.count <= 40 && field.first?.isWhitespace == false
        && field.split(separator: " ").count <= 3 && field.last?.isPunctuation == false
    }
    return areNames ? fields : nil
  }

  private func missingColumn() throws(CorpusError) -> CorpusError {
    if let refusal { return refusal }
    let delimiter = try likelyDelimiter() ?? delimiter
    return .missingColumnOfText(
      path: window.path, column: options.textKey, found: try window.headerFields(delimiter: delimiter))
  }

  private static let delimiters = "\t,;|".utf8.map { $0 }
  private static let usualNames: Set = [
    "text", "texts", "sentence", "review", "reviews", "comment", "tweet", "content",
  ]
}
