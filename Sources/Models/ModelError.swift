/// A model that cannot be built as described.
public enum ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Tying needs an embedding as wide as the hidden state.
  case tiedWidthsDiffer(embeddingSize: Int, hiddenSize: Int)
  /// A size that has to be positive.
  case sizeNotPositive(name: String, value: Int)
  /// A dropout probability outside 0 ..< 1.
  case dropoutOutOfRange(Double)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .tiedWidthsDiffer(let embeddingSize, let hiddenSize):
      "a tied decoder needs an embedding as wide as the hidden state, but the embedding has \(embeddingSize) and the "
        + "hidden state \(hiddenSize) units; make them equal or leave out --tied"
    case .sizeNotPositive(let name, let value): "\(name) must be at least 1, not \(value)"
    case .dropoutOutOfRange(let value): "dropout must be at least 0 and below 1, not \(value)"
    }
  }
}
