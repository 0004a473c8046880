import Tensors

/// Finds, for each class, the decision threshold with the best metric.
///
/// Candidates are 0.005, 0.010 … 1.000. The smallest of equally good thresholds wins; if no candidate scores above
/// 0 the last one, 1.0, remains. Global tweaks may then move single thresholds to improve the micro average.
public struct ThresholdSearch: Sendable, Equatable {
  /// What to maximise.
  public var metric: ClassificationMetric
  /// Number of random proposals after the per-class search; skipped for a single class; default 0.
  public var globalTweaks: Int
  /// Seed of the proposals; default 0.
  public var seed: UInt64

  /// The outcome of a search.
  public struct Result: Sendable, Equatable {
    /// The micro average of the metric at ``thresholds``.
    public var overall: Double
    /// One threshold for each class.
    public var thresholds: [Double]
    /// The metric of each class at its threshold.
    public var scores: [Double]
    /// The counts of each class at its threshold.
    public var counts: [ClassificationCounts]
  }

  /// A search for the best value of a metric.
  public init(metric: ClassificationMetric, globalTweaks: Int = 0, seed: UInt64 = 0) {
    self.metric = metric
    self.globalTweaks = globalTweaks
    self.seed = seed
  }

  /// Searches the thresholds of several classes.
  ///
  /// A tweak picks a class uniformly and proposes t′ = t + 0.08·(u − 0.5), u uniform on [0, 1), rounded to 3 decimals and
  /// kept within 0 … 1; it stays if the micro average strictly improves.
  /// - Parameters:
  ///   - labels: For each class, y of each row; truth is y > 0.5.
  ///   - scores: For each class, p of each row.
  /// - Throws: ``AnalysisError/empty(what:)`` without classes or rows, ``AnalysisError/columnCount(what:expected:found:)``
  ///   or ``AnalysisError/rowCount(what:expected:found:)`` when shapes differ.
  public func run(labels: [[Double]], scores: [[Double]]) throws -> Result {
    let ranked = try Self.rank(labels: labels, scores: scores)
    var thresholds = ranked.map(bestThreshold)
    var counts = zip(ranked, thresholds).map { $0.counts(threshold: $1) }
    var overall = metric.micro(counts)

    if ranked.count > 1 {
      var generator = RandomStreams(seed: seed).generator(of: .thresholds)
      for _ in 0..<max(0, globalTweaks) {
        let index = Int.random(in: 0..<ranked.count, using: &generator)
        let moved = thresholds[index] + 0.08 * (generator.uniform() - 0.5)
        let proposal = min(max((moved * 1000).rounded() / 1000, 0), 1)
        var proposedCounts = counts
        proposedCounts[index] = ranked[index].counts(threshold: proposal)
        let value = metric.micro(proposedCounts)
        guard value > overall else { continue }
        overall = value
        thresholds[index] = proposal
        counts = proposedCounts
      }
    }
    return Result(
      overall: overall, thresholds: thresholds, scores: counts.map(metric.value), counts: counts)
  }

  /// The candidates of the per-class search in rising order.
  ///
  /// Dividing by 200 gives the double nearest to each decimal, so that a score of exactly .65 is not above .65.
  static let candidates: [Double] = (1...200).map { Double($0) / 200 }

  private func bestThreshold(of scores: RankedScores) -> Double {
    var best = 0.0
    var bestThreshold = 0.0
    for candidate in Self.candidates {
      let value = metric.value(of: scores.counts(threshold: candidate))
      guard value > best || best == 0 else { continue }
      best = value
      bestThreshold = candidate
    }
    return bestThreshold
  }

  private static func rank(labels: [[Double]], scores: [[Double]]) throws -> [RankedScores] {
    guard labels.count == scores.count else {
      throw AnalysisError.columnCount(what: "table of scores", expected: labels.count, found: scores.count)
    }
    guard let rows = labels.first?.count, rows > 0 else { throw AnalysisError.empty(what: "labelled rows") }
    return try zip(labels, scores).map { labels, scores in
      guard labels.count == rows else {
        throw AnalysisError.rowCount(what: "labels", expected: rows, found: labels.count)
      }
      guard scores.count == rows else {
        throw AnalysisError.rowCount(what: "scores", expected: rows, found: scores.count)
      }
      return RankedScores(labels: labels, scores: scores)
    }
  }
}
