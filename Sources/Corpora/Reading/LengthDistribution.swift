/// How long texts are: exact, in memory that grows with the number of different lengths only.
public struct LengthDistribution: Sendable, Equatable {
  private var counts: [Int: Int] = [:]
  /// Number of lengths added.
  public private(set) var total = 0
  /// Sum of the lengths added.
  public private(set) var sum = 0

  /// A distribution of nothing.
  public init() {}

  /// Adds one length.
  public mutating func add(_ length: Int) {
    counts[length, default: 0] += 1
    total += 1
    sum += length
  }

  /// The smallest length that at least `percent` of a hundred do not exceed; nil when there is none.
  ///
  /// 0 gives the shortest, 100 the longest (nearest rank).
  public func percentile(_ percent: Double) -> Int? {
    let rank = max(1, Int((Double(total) * percent / 100).rounded(.up)))
    var passed = 0
    for (length, count) in counts.sorted(by: { $0.key < $1.key }) {
      passed += count
      if passed >= rank { return length }
    }
    return nil
  }
}
