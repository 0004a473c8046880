/// Numbers as labels are written.
enum LabelNumber {
  /// The value of a label that is unknown.
  static let unknown: Float = -1

  /// What a label cell says.
  enum Cell: Equatable {
    case empty
    case number(Float)
    case other
  }

  /// Reads a number; blanks around it are allowed, infinities and words are not.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell {
    if bytes.count == 1, let digit = bytes.first, digit &- UInt8(ascii: "0") < 10 {
      return .number(Float(digit - UInt8(ascii: "0")))
    }
    let text = trimmed(bytes)
    guard let first = text.first else { return .empty }
    // Swift also reads "nan", "inf" and hexadecimal; none of them is a label.
    let isPlain = text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || "+-.eE".utf8.contains($0) }
    guard isPlain, first != UInt8(ascii: "e"), first != UInt8(ascii: "E"),
      let number = Float(String(decoding: text, as: UTF8.self)), number.isFinite
    else { return .other }
    return .number(number)
  }

  /// The number that a text is; nil for anything else.
  static func read(_ text: String) -> Float? {
    var text = text
    guard case .number(let number) = text.withUTF8({ read($0) }) else { return nil }
    return number
  }

  /// The bytes without blanks around them.
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var text = bytes[...]
    while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    return UnsafeBufferPointer(rebasing: text)
  }
}
