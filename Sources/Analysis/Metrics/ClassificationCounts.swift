/// How often decisions and truth agree for one class.
public struct ClassificationCounts: Sendable, Equatable, Codable {
  /// Rows that are true and were predicted true.
  public var truePositives: Int
  /// Rows that are false but were predicted true.
  public var falsePositives: Int
  /// Rows that are true but were predicted false.
  public var falseNegatives: Int
  /// Rows that are false and were predicted false.
  public var trueNegatives: Int
  /// Sum over rows of the standard deviation over a class's heads; 0 without heads.
  public var deviationSum: Double

  /// Counts that were made elsewhere.
  public init(
    truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0, trueNegatives: Int = 0,
    deviationSum: Double = 0
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
    self.deviationSum = deviationSum
  }

  /// Counts of one class: truth is y > 0.5, the prediction p > threshold, both strictly.
  ///
  /// - Parameters:
  ///   - labels: y, one for each row.
  ///   - scores: p, one for each row; a score that is not a number is predicted false.
  ///   - threshold: The decision boundary; 0.5 unless one was searched for.
  ///   - deviations: Standard deviation over heads, one for each row, when there are heads.
  /// - Throws: ``AnalysisError/rowCount(what:expected:found:)`` when the lengths differ.
  public init(
    labels: [Double], scores: [Double], threshold: Double = 0.5, deviations: [Double]? = nil
  ) throws {
    guard labels.count == scores.count else {
      throw AnalysisError.rowCount(what: "scores", expected: labels.count, found: scores.count)
    }
    if let deviations, deviations.count != labels.count {
      throw AnalysisError.rowCount(what: "deviations", expected: labels.count, found: deviations.count)
    }
    self.init(deviationSum: deviations?.reduce(0, +) ?? 0)
    for (label, score) in zip(labels, scores) { add(label: label, score: score, threshold: threshold) }
  }

  /// Counts one row more: truth is y > 0.5, the prediction p > threshold.
  public mutating func add(label: Double, score: Double, threshold: Double = 0.5) {
    switch (label > 0.5, score > threshold) {
    case (true, true): truePositives += 1
    case (false, true): falsePositives += 1
    case (true, false): falseNegatives += 1
    case (false, false): trueNegatives += 1
    }
  }

  /// Number of rows counted.
  public var total: Int { truePositives + falsePositives + falseNegatives + trueNegatives }

  /// Adds two classes' counts, as micro averages need.
  public static func + (left: ClassificationCounts, right: ClassificationCounts) -> ClassificationCounts {
    ClassificationCounts(
      truePositives: left.truePositives + right.truePositives,
      falsePositives: left.falsePositives + right.falsePositives,
      falseNegatives: left.falseNegatives + right.falseNegatives,
      trueNegatives: left.trueNegatives + right.trueNegatives,
      deviationSum: left.deviationSum + right.deviationSum)
  }
}
