/// How the bytes of a text file stand for characters.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  /// UTF-8; bytes that are not are refused with their line.
  case utf8 = "utf-8"
  /// ISO 8859-1: each byte is the code point of the same number.
  ///
  /// Any file can be read so.
  case latin1

  /// Reads a name as a user writes it: `utf-8`, `utf8`, `latin1`, `latin-1`, `iso-8859-1`, in any case.
  ///
  /// - Throws: `CorpusError.unknownName`.
  public init(named name: String) throws(CorpusError) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "latin1", "latin-1", "iso-8859-1": self = .latin1
    default:
      throw .unknownName(kind: "encoding", name: name, known: Self.allCases.map(\.rawValue))
    }
  }
}

/// What to do about label columns.
public enum LabelPolicy: Sendable {
  /// Labels are not read: `Corpus.labels` is empty.
  case ignored
  /// Every label column must be there; a row with an empty label is skipped and counted.
  case required
  /// Absent label columns and empty labels become −1, unknown.
  case optional
}

/// What to read from text files, and how.
public struct ReadingOptions: Sendable {
  /// Column or key of the text.
  ///
  /// Default `sentence`.
  public var textKey: String
  /// Columns or keys of the labels, in the order `Corpus.labels` will have.
  ///
  /// Default none.
  public var labelKeys: [String]
  /// What to do about the label columns.
  ///
  /// Default `.ignored`.
  public var labels: LabelPolicy
  /// Delimiter of `.csv` files; nil means a comma.
  ///
  /// A path that contains `.tsv` always means TAB.
  public var delimiter: Character?
  /// Says that a JSON file holds one object a line.
  ///
  /// Content decides in any case: `[` opens an array, `{` means lines.
  public var looseJSON: Bool
  /// Default UTF-8.
  ///
  /// A byte-order mark is dropped.
  public var encoding: TextEncoding

  /// Options with the defaults named at each property.
  public init(
    textKey: String = "sentence", labelKeys: [String] = [], labels: LabelPolicy = .ignored,
    delimiter: Character? = nil, looseJSON: Bool = false, encoding: TextEncoding = .utf8
  ) {
    self.textKey = textKey
    self.labelKeys = labelKeys
    self.labels = labels
    self.delimiter = delimiter
    self.looseJSON = looseJSON
    self.encoding = encoding
  }

  /// The label keys that are to be read: none when labels are ignored.
  var wantedLabelKeys: [String] { labels == .ignored ? [] : labelKeys }

  /// The delimiter byte for a path.
  func delimiterByte(for path: String) throws(CorpusError) -> UInt8 {
    if path.contains(".tsv") { return UInt8(ascii: "\t") }
    guard let delimiter else { return UInt8(ascii: ",") }
    guard let byte = delimiter.asciiValue, byte != UInt8(ascii: "\""), byte != 10, byte != 13 else {
      throw .invalidDelimiter(String(delimiter))
    }
    return byte
  }
}

/// The shape of a text file, which a writer of results can follow.
public enum CorpusFormat: Sendable, Equatable {
  /// Rows of fields with this delimiter byte and a header.
  case delimited(UInt8)
  /// One array of objects.
  case jsonArray
  /// One object a line.
  case jsonLines
  /// One text a line.
  case plainText
}
