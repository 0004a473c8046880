/// Looks through a serialized SentencePiece model for what the library would follow without looking.
///
/// The library reads the message with care, but trusts the table of normalisation rules in it: a double array (Aoe 1989)
/// over 32-bit units, and the texts that its leaves point to. Here every place is followed that any text could lead to.
enum SentencePieceModelCheck {
  /// Field numbers of the message.
  private enum Field {
    static let normalizer = 3
    static let denormalizer = 5
    static let precompiledRules = 2
  }

  /// Whether the bytes are a message whose tables of rules hold together.
  static func isSound(_ bytes: [UInt8]) -> Bool {
    visit(bytes[...]) { field, content in
      guard field == Field.normalizer || field == Field.denormalizer else { return true }
      return visit(content) { $0 != Field.precompiledRules || isSoundTable($1) }
    }
  }

  /// Calls `body` with number and content of each field that has one, until it returns false; false when it did or when the
  /// bytes are no message.
  private static func visit(_ message: ArraySlice<UInt8>, _ body: (Int, ArraySlice<UInt8>) -> Bool) -> Bool {
    var rest = message
    while !rest.isEmpty {
      guard let key = number(&rest) else { return false }
      switch key & 7 {
      case 0: guard number(&rest) != nil else { return false }
      case 1:
        guard rest.count >= 8 else { return false }
        rest = rest.dropFirst(8)
      case 2:
        guard let size = number(&rest), size <= UInt64(rest.count) else { return false }
        guard body(Int(truncatingIfNeeded: key >> 3), rest.prefix(Int(size))) else { return false }
        rest = rest.dropFirst(Int(size))
      case 5:
        guard rest.count >= 4 else { return false }
        rest = rest.dropFirst(4)
      default: return false
      }
    }
    return true
  }

  /// A number in groups of seven bits, the lowest first.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// The table: the size of the array in bytes, the array, and texts that end with a zero.
  private static func isSoundTable(_ table: ArraySlice<UInt8>) -> Bool {
    if table.isEmpty { return true }
    guard table.count > 4 else { return false }
    let size = Int(unit(table, 0))
    guard size % 4 == 0, size > 0, size < table.count - 4, table.last == 0 else { return false }
    let array = table.dropFirst(4).prefix(size)
    let (count, textSize) = (size / 4, table.count - 4 - size)
    for place in 0..<count {
      let found = unit(array, place)
      // A leaf is only read for its value, from the unit that leads to it.
      if found >> 31 == 1 { continue }
      let target = place ^ Int((found >> 10) << ((found & (1 << 9)) >> 6))
      guard target | 0xFF < count else { return false }
      if (found >> 8) & 1 == 1, Int(unit(array, target) & 0x7FFF_FFFF) >= textSize { return false }
    }
    return true
  }

  private static func unit(_ bytes: ArraySlice<UInt8>, _ place: Int) -> UInt32 {
    let start = bytes.startIndex + place * 4
    return (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32($1 * 8) }
  }
}
