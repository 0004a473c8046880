import Files

/// Something about how a file is read that its owner may not expect.
public enum ReadingNotice: Sendable, Codable, Equatable {
  /// The first line looks like a header, but has no column of the text's name, which was not asked for.
  case plainTextWithHeader(path: String, textKey: String, columns: [String])
  /// A text file whose first line has the text's column, which was not asked for.
  case plainTextWithColumn(path: String, textKey: String)
  /// A text file is read as columns, because its first line has the column that was asked for.
  case textFileWithColumns(path: String, textKey: String)
  /// Something asked for that means nothing for this file; `reason` says what the file is.
  case withoutEffect(path: String, setting: ReadingSetting, reason: String)
  /// A mark of UTF-8 in front of what was to be read in another encoding.
  case markOfUTF8(path: String, encoding: TextEncoding)
}

extension ReadingNotice: CustomStringConvertible {
  /// One sentence for a user.
  public var description: String {
    switch self {
    case .plainTextWithHeader(let path, let textKey, let columns):
      "\(path.shownAsPath) is read as plain text, one text a line: its first line, \(ShownNames.listed(columns)), has no "
        + "column \"\(textKey.printable)\""
    case .plainTextWithColumn(let path, let textKey):
      "\(path.shownAsPath) is read as plain text, one text a line, although its first line has a column "
        + "\"\(textKey.printable)\""
    case .textFileWithColumns(let path, let textKey):
      "\(path.shownAsPath) is read as columns, because its first line has the column \"\(textKey.printable)\""
    case .withoutEffect(let path, let setting, let reason):
      "the \(setting) that was asked for has no effect on \(path.shownAsPath), which \(reason)"
    case .markOfUTF8(let path, let encoding):
      "\(path.shownAsPath) begins with a byte-order mark of UTF-8 and is read as \(encoding.rawValue) all the same"
    }
  }
}

/// Something that can be asked for about how a file is read.
public enum ReadingSetting: String, Sendable, Codable, CustomStringConvertible {
  /// One object a line.
  case looseJSON
  /// What stands between cells.
  case delimiter
  /// What quotes mean.
  case quoting

  /// The setting in words.
  public var description: String {
    switch self {
    case .looseJSON: "JSON of one object a line"
    case .delimiter: "delimiter"
    case .quoting: "quoting"
    }
  }
}

/// What was met in rows that were read all the same.
public enum RowRemark: String, Sendable, Codable, CaseIterable {
  /// A quote that opens a cell and is not closed on its line was taken as a character.
  case literalQuote
  /// A cell in quotes holds line breaks, and each of its lines would be a row.
  case spanningCell
  /// A key that occurs twice in an object; the last value counted.
  case repeatedKey
  /// A carriage return inside a line.
  case loneReturn

  /// One sentence about so many rows at `places`.
  func sentence(_ count: Int, _ places: String) -> String {
    let rows = "\(count) \(count == 1 ? "row" : "rows")"
    switch self {
    case .literalQuote:
      return
        "quotes that open a cell and are not closed on its line were read as part of the text, in \(rows)\(places)"
    case .spanningCell:
      return "a cell in quotes spans lines that would each be a row, in \(rows)\(places)"
    case .repeatedKey: return "a key occurs twice in an object, and its last value counts, in \(rows)\(places)"
    case .loneReturn: return "carriage returns inside a line do not end it, in \(rows)\(places)"
    }
  }
}
