/// The order in which plain rows are read when a state is carried from batch to batch.
///
/// With w = ⌊n/B⌋ the rows are dealt so that batch k is k, w + k, 2w + k, …: row r of successive batches walks through one
/// contiguous stretch. The last n − wB rows are not visited.
public struct TransposedOrder: Sequence, Sendable {
  /// Number of rows, n.
  public let count: Int
  /// Rows of a batch, B.
  public let batchSize: Int

  /// The order of `count` rows in batches of `batchSize`, which must be positive.
  public init(count: Int, batchSize: Int) {
    precondition(count >= 0 && batchSize > 0, "\(count) rows in batches of \(batchSize)")
    self.count = count
    self.batchSize = batchSize
  }

  /// Goes through the row numbers.
  public func makeIterator() -> some IteratorProtocol<Int> {
    let stretch = count / batchSize
    return (0..<(stretch * batchSize)).lazy.map { [batchSize] place in
      place % batchSize * stretch + place / batchSize
    }.makeIterator()
  }
}
