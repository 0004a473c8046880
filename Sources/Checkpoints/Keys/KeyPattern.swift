/// A name with places for numbers: `layers.*.hiddenWeight` stands for `layers.0.hiddenWeight` and all that follow.
///
/// A name fits as a whole or not at all. `*` stands for a number without leading zeros and for nothing else.
struct KeyPattern: Sendable {
  /// What stands before, between and behind the numbers.
  private let pieces: [Substring]

  /// Digits of a number; a longer one is no layer's.
  private static let greatestDigitCount = 6

  init(_ text: String) {
    pieces = text.split(separator: "*", omittingEmptySubsequences: false)
  }

  /// How many numbers a name has.
  var numberCount: Int { pieces.count - 1 }

  /// The numbers in `name`; `nil` when it does not fit.
  func numbers(in name: String) -> [Substring]? {
    guard name.hasPrefix(pieces[0]) else { return nil }
    var rest = name.dropFirst(pieces[0].count)
    var numbers: [Substring] = []
    for piece in pieces.dropFirst() {
      let number = rest.prefix { $0.isASCII && $0.isNumber }
      guard (1...Self.greatestDigitCount).contains(number.count), number == "0" || number.first != "0" else {
        return nil
      }
      numbers.append(number)
      rest = rest.dropFirst(number.count)
      guard rest.hasPrefix(piece) else { return nil }
      rest = rest.dropFirst(piece.count)
    }
    return rest.isEmpty ? numbers : nil
  }

  /// The name with these numbers in their places.
  func name(with numbers: [Substring]) -> String {
    zip(numbers, pieces.dropFirst()).reduce(String(pieces[0])) { $0 + $1.0 + $1.1 }
  }
}
