import Files

/// A tokenizer that was asked for and is not that of the model to start from.
public enum TokenizerContradiction: Sendable, Equatable, CustomStringConvertible {
  /// Characters were asked for, and the model reads pieces.
  case modelReadsPieces
  /// Pieces were asked for, and the model reads bytes.
  case modelReadsBytes
  /// The SentencePiece model at `path` has other pieces than the model reads.
  case otherPieces(path: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .modelReadsPieces:
      "a tokenizer of characters does not fit the model to start from, which was made with a SentencePiece model"
    case .modelReadsBytes:
      "a SentencePiece tokenizer does not fit the model to start from, which was made byte by byte"
    case .otherPieces(let path):
      "the SentencePiece model in \(path.printable) is not the one of the model to start from"
    }
  }
}
