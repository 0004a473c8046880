import Corpora

extension ReaderOptions {
  /// How files are read with these options.
  ///
  /// - Parameter files: All files of the run: a named text column is not demanded of plain text that stands among others.
  public func readingOptions(
    of files: DataSelection, labelKeys: [String] = [], labels: LabelPolicy, idKey: String? = nil
  ) -> ReadingOptions {
    var options = ReadingOptions(
      textKey: textKey, labelKeys: labelKeys, labels: labels,
      delimiter: delimiterText == nil ? nil : Character(Unicode.Scalar(delimiter)), looseJSON: looseJson,
      encoding: encoding)
    if namedTextKey != nil {
      options.textKeyRule = files.inputs.allSatisfy(\.isPlainText) ? .mustExist : .mustExistInTables
    }
    options.textColumn = textColumn
    options.quoting = quoting
    options.idKey = idKey
    options.obeysByteOrderMark = namedEncoding == nil
    return options
  }
}

extension NamedFile {
  /// Whether the name says plain text.
  fileprivate var isPlainText: Bool {
    let name = path.lowercased()
    return name.hasSuffix(".txt") || name.hasSuffix(".txt.gz")
  }
}
