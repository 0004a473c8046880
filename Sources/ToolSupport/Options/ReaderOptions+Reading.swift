import Corpora

extension ReaderOptions {
  /// How files are read with these options.
  public func readingOptions(labelKeys: [String] = [], labels: LabelPolicy) -> ReadingOptions {
    ReadingOptions(
      textKey: textKey, labelKeys: labelKeys, labels: labels,
      delimiter: delimiterText == "," ? nil : Character(Unicode.Scalar(delimiter)), looseJSON: looseJson,
      encoding: encoding)
  }
}
