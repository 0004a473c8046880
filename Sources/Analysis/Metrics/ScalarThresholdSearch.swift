/// Finds the two thresholds of a single score that best tell positive, neutral and negative rows apart.
///
/// p > upper is positive, p < lower is negative, anything between is neutral. All pairs lower ≤ upper of the candidates
/// 0.005, 0.010 … 1.000 are tried.
public struct ScalarThresholdSearch: Sendable, Equatable {
  /// The outcome of a search.
  public struct Result: Sendable, Equatable {
    /// Rows above it are positive.
    public var upper: Double
    /// Rows below it are negative.
    public var lower: Double
    /// Share of rows whose decision matches the label.
    public var accuracy: Double
  }

  /// A search; it has no settings.
  public init() {}

  /// Searches all pairs; of equally good pairs the one with the smallest upper, then lower, threshold wins.
  ///
  /// - Parameters:
  ///   - labels: 1 positive, 0 negative, anything else neutral.
  ///   - scores: p of each row; one that is not a number matches no decision.
  /// - Throws: ``AnalysisError/empty(what:)`` or ``AnalysisError/rowCount(what:expected:found:)``.
  public func run(labels: [Double], scores: [Double]) throws -> Result {
    guard !labels.isEmpty else { throw AnalysisError.empty(what: "labelled rows") }
    guard labels.count == scores.count else {
      throw AnalysisError.rowCount(what: "scores", expected: labels.count, found: scores.count)
    }
    func known(_ belongs: (Double) -> Bool) -> [Double] {
      zip(labels, scores).filter { belongs($0) && !$1.isNaN }.map(\.1)
    }
    let candidates = ThresholdSearch.candidates
    let positives = known { $0 == 1 }
    let positivesAbove = candidates.map { candidate in positives.count { $0 > candidate } }
    let negatives = known { $0 == 0 }
    let negativesBelow = candidates.map { candidate in negatives.count { $0 < candidate } }
    let neutrals = known { $0 != 0 && $0 != 1 }
    let neutralsBelow = candidates.map { candidate in neutrals.count { $0 < candidate } }
    let neutralsUpTo = candidates.map { candidate in neutrals.count { $0 <= candidate } }

    var best = (matches: -1, upper: 0, lower: 0)
    for upper in candidates.indices {
      for lower in 0...upper {
        let matches = positivesAbove[upper] + negativesBelow[lower] + neutralsUpTo[upper] - neutralsBelow[lower]
        if matches > best.matches { best = (matches, upper, lower) }
      }
    }
    return Result(
      upper: candidates[best.upper], lower: candidates[best.lower],
      accuracy: Double(best.matches) / Double(labels.count))
  }
}
