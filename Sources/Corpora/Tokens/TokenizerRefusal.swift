/// Why a tokenizer cannot be trained on the texts at hand.
public enum TokenizerRefusal: Sendable, Equatable, CustomStringConvertible {
  /// More pieces were asked for than the texts give.
  case tooManyPieces(asked: Int, most: Int)
  /// The characters of the texts alone need more pieces than were asked for.
  case tooFewPieces(asked: Int, needed: Int)
  /// There is no text.
  case noText
  /// What the library says.
  case other(String)

  /// The reason as a clause.
  public var description: String {
    switch self {
    case .tooManyPieces(let asked, let most): "the text gives no more than \(most) pieces, and \(asked) were asked for"
    case .tooFewPieces(let asked, let needed):
      "the text's characters alone need \(needed) pieces, and \(asked) were asked for"
    case .noText: "there is no text to train it on"
    case .other(let reason): reason
    }
  }
}
