/// What to do about label columns.
public enum LabelPolicy: Sendable {
  /// Labels are not read: `Corpus.labels` is empty.
  case ignored
  /// Every label column must be there; a row with an empty label is skipped and counted.
  case required
  /// Absent label columns and empty labels become −1, unknown.
  case optional
}

/// What the values of label columns may be.
public enum LabelClasses: Sendable, Equatable {
  /// Numbers, or names, which are collected and numbered in the order of the alphabet.
  case learned
  /// For each label column the names that are the labels 0, 1, …; a column without names holds numbers.
  case known([[String]])

  /// Numbers only.
  public static let numbers = LabelClasses.known([])
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
  /// What label values may be.
  ///
  /// Default `.learned`.
  public var classes: LabelClasses
  /// Which labels become which class, in every label column; nil takes labels as they are.
  ///
  /// Default none.
  public var labelMap: LabelMap?
  /// Delimiter of `.csv` files; nil means a comma.
  ///
  /// A path that contains `.tsv` always means TAB.
  public var delimiter: Character?
  /// Says that a JSON file holds one object a line.
  ///
  /// Content decides in any case: `[` opens an array, `{` means lines.
  public var looseJSON: Bool
  /// Default UTF-8.
  public var encoding: TextEncoding

  /// Options with the defaults named at each property.
  public init(
    textKey: String = "sentence", labelKeys: [String] = [], labels: LabelPolicy = .ignored,
    classes: LabelClasses = .learned, delimiter: Character? = nil, looseJSON: Bool = false,
    encoding: TextEncoding = .utf8
  ) {
    self.textKey = textKey
    self.labelKeys = labelKeys
    self.labels = labels
    self.classes = classes
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
