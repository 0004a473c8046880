/// A value in a table of results.
public enum OutputValue: Sendable, Equatable {
  /// A text.
  case text(String)
  /// A text as UTF-8 bytes; ill-formed bytes become U+FFFD in JSON and stay as they are in delimited text.
  case bytes(ArraySlice<UInt8>)
  /// A whole number.
  case integer(Int)
  /// A number, written with the fewest digits that give it back.
  case float(Float)
  /// A number, written with the fewest digits that give it back.
  case real(Double)
  /// Yes or no: `true` or `false` in JSON, 1 or 0 in delimited text.
  case boolean(Bool)
  /// Nothing: an empty field or `null`.
  ///
  /// So are numbers that are not finite.
  case null

  /// A number as written, nil for other values and for what is not finite.
  var number: String? {
    switch self {
    case .integer(let number): String(number)
    case .float(let number): number.isFinite ? trimmed(number.description) : nil
    case .real(let number): number.isFinite ? trimmed(number.description) : nil
    case .text, .bytes, .boolean, .null: nil
    }
  }

  private func trimmed(_ number: String) -> String { number.hasSuffix(".0") ? String(number.dropLast(2)) : number }
}

extension OutputValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .real(value) }
}
