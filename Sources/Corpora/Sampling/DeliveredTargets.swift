/// What the targets of the batches that were given out amount to.
public struct DeliveredTargets: Sendable {
  /// Targets that count.
  public private(set) var targets = 0
  /// Bytes of text that they stand for.
  public private(set) var bytes = 0

  private let byteCounts: [Int32]?

  /// - Parameter byteCounts: as ``TokenSource/byteCounts``.
  init(byteCounts: [Int32]?) { self.byteCounts = byteCounts }

  /// Bytes that a target stands for, on average; `nil` while that is not known.
  ///
  /// A loss a token divided by it is a loss a byte.
  public var bytesPerTarget: Double? {
    if byteCounts == nil { return 1 }
    return bytes > 0 ? Double(bytes) / Double(targets) : nil
  }

  mutating func add(_ batch: WindowBatch) {
    for place in batch.lossMask.indices where batch.lossMask[place] > 0 {
      targets += 1
      bytes += byteCounts.map { Int($0[Int(batch.tokens[place + 1])]) } ?? 1
    }
  }

  mutating func reset() { (targets, bytes) = (0, 0) }
}
