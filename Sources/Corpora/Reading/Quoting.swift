/// What quotation marks mean in delimited text.
public enum Quoting: String, Sendable, Codable, CaseIterable {
  /// A quote that opens a cell encloses it; the cell may then hold delimiters, line breaks and doubled quotes.
  case csv
  /// Quotes are characters like any other; a line is a row.
  case none
}
