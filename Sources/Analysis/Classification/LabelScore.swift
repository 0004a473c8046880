import Corpora

/// How decisions agree with the labels that the texts came with.
public struct LabelScore: Sendable, Equatable {
  /// Share of right decisions for each class over the rows whose label is known; `nil` when none can be compared.
  public var accuracies: [Double]?
  /// Rows with a known label, for each class.
  public var scoredRows: [Int] = []
  /// Why labels that are there were not compared; `nil` when they were, and when there are none.
  public var refusal: LabelRefusal?
}

/// Gathers a score while texts are answered.
struct LabelScorer {
  private let thresholds: [Double]
  private let comparison: LabelComparison
  private var counts: [ClassificationCounts]
  private var tallies: [LabelTally]

  init(_ classifier: TextClassifier, keys: [String], map: LabelMap?) {
    thresholds = classifier.thresholds
    comparison = LabelComparison(
      classes: classifier.labels, classNames: classifier.classNames, keys: keys, map: map,
      isRecorded: map != nil && map == classifier.labelMap?.acceptingClasses)
    counts = classifier.labels.map { _ in ClassificationCounts() }
    tallies = keys.map { LabelTally(column: $0) }
  }

  /// Why labels of these tallies cannot be compared.
  func refusal(_ tallies: [LabelTally], _ summary: ReadingSummary) -> LabelRefusal? {
    comparison.refusal(tallies, summary)
  }

  /// Counts one row; labels that are unknown or not there do not count.
  mutating func add(labels: [Float], probabilities: [Float]) {
    for column in tallies.indices where column < labels.count { tallies[column].add(labels[column]) }
    guard let columns = comparison.columns else { return }
    for (place, column) in columns.enumerated() where column < labels.count && labels[column] != -1 {
      counts[place].add(
        label: Double(labels[column]), score: Double(probabilities[place]), threshold: thresholds[place])
    }
  }

  /// The score of all rows so far.
  func result(_ summary: ReadingSummary) -> LabelScore {
    var score = LabelScore(refusal: comparison.refusal(tallies, summary))
    guard score.refusal == nil, comparison.columns != nil, counts.allSatisfy({ $0.total > 0 }) else { return score }
    score.accuracies = counts.map { ClassificationMetric.accuracy.value(of: $0) }
    score.scoredRows = counts.map(\.total)
    return score
  }
}
