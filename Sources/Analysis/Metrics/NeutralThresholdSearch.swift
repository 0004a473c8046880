/// Finds the two thresholds that best tell positive, negative and neutral rows apart.
///
/// A row is positive or negative when exactly one of its two scores is above its threshold, and neutral when both or
/// neither are; truth is read from the two labels in the same way. All pairs of 30 candidates from 0.005 to 1 are tried.
public struct NeutralThresholdSearch: Sendable, Equatable {
  /// The outcome of a search.
  public struct Result: Sendable, Equatable {
    /// Threshold of the positive score.
    public var positiveThreshold: Double
    /// Threshold of the negative score.
    public var negativeThreshold: Double
    /// Share of rows whose decision matches the truth.
    public var accuracy: Double
  }

  /// A search; it has no settings.
  public init() {}

  /// Searches all pairs of thresholds; of equally good pairs the first, in rising order, wins.
  ///
  /// - Throws: ``AnalysisError/empty(what:)`` or ``AnalysisError/rowCount(what:expected:found:)``.
  public func run(
    positiveLabels: [Double], negativeLabels: [Double], positiveScores: [Double], negativeScores: [Double]
  ) throws -> Result {
    let rows = positiveLabels.count
    guard rows > 0 else { throw AnalysisError.empty(what: "labelled rows") }
    for (what, found) in [
      ("negative labels", negativeLabels.count), ("positive scores", positiveScores.count),
      ("negative scores", negativeScores.count),
    ] where found != rows {
      throw AnalysisError.rowCount(what: what, expected: rows, found: found)
    }

    let truth = zip(positiveLabels, negativeLabels).map { Self.decision(positive: $0 > 0.5, negative: $1 > 0.5) }
    var best = Result(positiveThreshold: 0, negativeThreshold: 0, accuracy: 0)
    var bestMatches = 0
    for positiveThreshold in Self.candidates {
      for negativeThreshold in Self.candidates {
        var matches = 0
        for row in 0..<rows
        where Self.decision(
          positive: positiveScores[row] > positiveThreshold, negative: negativeScores[row] > negativeThreshold)
          == truth[row]
        {
          matches += 1
        }
        guard matches > bestMatches else { continue }
        bestMatches = matches
        best = Result(
          positiveThreshold: positiveThreshold, negativeThreshold: negativeThreshold,
          accuracy: Double(matches) / Double(rows))
      }
    }
    return best
  }

  /// The probability that a row is neutral, 1 − (a + b − 2ab): both flags on or both off, taken as independent.
  public static func neutralProbability(positive: Double, negative: Double) -> Double {
    1 - (positive + negative - 2 * positive * negative)
  }

  /// 30 equally spaced values from 0.005 to 1, rounded to 3 decimals.
  static let candidates: [Double] = (0..<30).map { step in
    let thousandths: Double = 5 + 995 * Double(step) / 29
    return thousandths.rounded() / 1000
  }

  /// 1 positive, −1 negative, 0 neutral.
  private static func decision(positive: Bool, negative: Bool) -> Int {
    positive == negative ? 0 : (positive ? 1 : -1)
  }
}
