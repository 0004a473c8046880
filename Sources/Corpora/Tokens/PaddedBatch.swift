/// Token lists of different lengths as one matrix, padded on the right.
public struct PaddedBatch: Sendable, Equatable {
  /// Number of texts, B.
  public let rows: Int
  /// Length of the longest text, T, at least 1.
  public let sequenceLength: Int
  /// Tokens, T × B: that of time t and row b stands at `t * rows + b`.
  public let tokens: [Int32]
  /// Tokens of each text, at least 1: an empty text counts as one padding token.
  public let lengths: [Int]

  /// Pads token lists.
  ///
  /// - Parameters:
  ///   - maximumLength: tokens behind this many are left out; nil for no bound.
  ///   - paddingID: the token to pad with.
  public init(_ lists: [[Int32]], maximumLength: Int? = nil, paddingID: Int32 = CharacterTokenizer.paddingID) {
    precondition(maximumLength ?? 1 > 0, "maximum length \(maximumLength ?? 0)")
    rows = lists.count
    let bound = maximumLength ?? Int.max
    lengths = lists.map { max(1, min($0.count, bound)) }
    sequenceLength = lengths.max() ?? 1
    var tokens = [Int32](repeating: paddingID, count: sequenceLength * rows)
    for (row, list) in lists.enumerated() {
      for (time, token) in list.prefix(bound).enumerated() { tokens[time * rows + row] = token }
    }
    self.tokens = tokens
  }
}
