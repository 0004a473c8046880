/// What to do about label columns.
public enum LabelPolicy: String, Sendable, Codable {
  /// Labels are not read: `Corpus.labels` is empty.
  case ignored
  /// Every label column must be there; a row with an empty label is skipped and counted.
  case required
  /// Absent label columns and empty labels become −1, unknown.
  case optional
}

/// What the values of label columns may be.
public enum LabelClasses: Sendable, Codable, Equatable {
  /// Numbers, or names, which are collected and numbered in the order of the alphabet.
  case learned
  /// For each label column the names that are the labels 0, 1, …; a column without names holds numbers.
  case known([[String]])

  /// Numbers only.
  public static let numbers = LabelClasses.known([])
}

/// How strictly the name of the text's column is taken.
public enum TextKeyRule: String, Sendable, Codable {
  /// It is a guess: what has no such column and no objects may be plain text.
  case assumed
  /// It was asked for: what has no such column is refused.
  case mustExist
  /// It was asked for among files of which some are plain text by their names: those need no columns.
  case mustExistInTables
}

/// What to read from text files, and how.
public struct ReadingOptions: Sendable, Codable, Equatable {
  /// Column or key of the text.
  ///
  /// Default `sentence`.
  public var textKey: String
  /// Whether the text's column must be there.
  ///
  /// Default `.assumed`.
  public var textKeyRule = TextKeyRule.assumed
  /// The text's column in delimited text by its number, from 1, in place of its name; with `.mustExist` it has that name too.
  public var textColumn: Int?
  /// Column or key that is carried into tables of results; the number of the line in plain text.
  public var idKey: String?
  /// What quotes mean in delimited text.
  ///
  /// `nil` is `.csv` for all delimiters but TAB. There a quote that is not closed on its line is a character where the lines
  /// that it would join are rows by themselves.
  public var quoting: Quoting?
  /// Whether a byte-order mark of UTF-16 is obeyed where UTF-8 is expected, rather than refused.
  public var obeysByteOrderMark = true
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
  /// Delimiter of columns; nil means a TAB for a path that contains `.tsv`, else a comma.
  public var delimiter: Character? {
    get { delimiterText?.first }
    set { delimiterText = newValue.map(String.init) }
  }
  private var delimiterText: String?
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
    self.looseJSON = looseJSON
    self.encoding = encoding
    self.delimiter = delimiter
  }

  /// The label keys that are to be read: none when labels are ignored, or when an optional one is the text's own.
  var wantedLabelKeys: [String] {
    labels == .ignored || (labels == .optional && labelKeys == [textKey]) ? [] : labelKeys
  }

  /// The name that is to be read for two purposes, if there is one.
  var nameOfTwoPurposes: String? {
    let names = [textKey] + wantedLabelKeys + (idKey.map { [$0] } ?? [])
    return names.indices.first { names[..<$0].contains(names[$0]) }.map { names[$0] }
  }

  /// The same options with another text column, if one is given, which then must be there.
  public func withTextKey(_ key: String?) -> ReadingOptions {
    guard let key else { return self }
    var options = self
    options.textKey = key
    options.textColumn = nil
    if textKeyRule == .assumed { options.textKeyRule = .mustExist }
    return options
  }

  /// The delimiter byte for a path.
  func delimiterByte(for path: String) throws(CorpusError) -> UInt8 {
    guard let delimiter else { return UInt8(ascii: path.contains(".tsv") ? "\t" : ",") }
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
