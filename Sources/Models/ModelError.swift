import Foundation

/// A model that cannot be built as described.
public enum ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Tying needs an embedding as wide as the hidden state.
  case tiedWidthsDiffer(embeddingSize: Int, hiddenSize: Int)
  /// A size that has to be positive.
  case sizeNotPositive(name: String, value: Int)
  /// A dropout probability outside 0 ..< 1.
  case dropoutOutOfRange(Double)

  /// A model or a batch that does not fit into memory; both figures are bytes.
  case notEnoughMemory(needed: Int, available: Int)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .tiedWidthsDiffer(let embeddingSize, let hiddenSize):
      "a tied decoder needs an embedding as wide as the hidden state, but the embedding has \(embeddingSize) and the "
        + "hidden state \(hiddenSize) units"
    case .sizeNotPositive(let name, let value): "\(name) must be at least 1, not \(value)"
    case .dropoutOutOfRange(let value): "dropout must be at least 0 and below 1, not \(value)"
    case .notEnoughMemory(let needed, let available):
      "about \(Self.size(needed)) of memory would be needed, but \(Self.size(available)) are available"
    }
  }

  /// A size with a decimal prefix, for example `3.4 GB`.
  static func size(_ bytes: Int) -> String {
    let exponent = bytes >= 1_000_000_000_000 ? 12 : bytes >= 1_000_000_000 ? 9 : 6
    let unit = exponent == 12 ? "TB" : exponent == 9 ? "GB" : "MB"
    let value = Double(bytes) / pow(10, Double(exponent))
    return String(format: value < 9.95 ? "%.1f" : "%.0f", value) + " " + unit
  }
}
