import Corpora

/// How decisions agree with the labels that the texts came with.
public struct LabelScore: Sendable, Equatable {
  /// Share of right decisions for each class over the rows whose label is known; `nil` when none can be compared.
  public var accuracies: [Double]?
  /// Rows with a known label, for each class.
  public var scoredRows: [Int] = []
  /// Why labels that are there were not compared; `nil` when they were, and when there are none.
  public var refusal: String?
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
  func refusal(_ tallies: [LabelTally], _ summary: ReadingSummary) -> String? {
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

/// Which label column belongs to which class of a classifier, and whether their labels mean the same.
struct LabelComparison {
  let classes: [String]
  let classNames: [String]?
  let keys: [String]
  let map: LabelMap?
  /// Whether the map is that of the classifier's file rather than one that was typed.
  let isRecorded: Bool

  /// For each class its label column: by name where any name is shared, or else by place; `nil` when they do not agree.
  var columns: [Int]? {
    guard keys.count == classes.count else { return nil }
    guard classes.count > 1, keys.contains(where: classes.contains) else { return Array(classes.indices) }
    let places = classes.compactMap { keys.firstIndex(of: $0) }
    return places.count == classes.count ? places : nil
  }

  /// Why the labels cannot be compared with the decisions; `nil` when they can, or when there are none.
  func refusal(_ tallies: [LabelTally], _ summary: ReadingSummary) -> String? {
    let found = tallies.filter { $0.known > 0 }
    if found.isEmpty {
      return summary.unmappedLabels == 0
        ? nil : "no label is in the label map \(mapText); among the labels are \(listed(summary.unmappedSpellings))"
    }
    if columns == nil {
      return "the classifier tells \(listed(classes)), and the labels that were named are \(listed(keys))"
    }
    if let map, isRecorded, !map.isUnambiguous,
      let label = summary.unmappedSpellings.first(where: { spelling in map.entries.contains { $0.target == spelling } })
    {
      return
        "the classifier was made of labels that the map \(map) made two classes of, and these have \(label) too, which is "
        + "one of the classes; add --label-map none if they are the classes already, or a map of their own"
    }
    for tally in found {
      if !tally.isBinary {
        let example = tally.suggestedMap.map { ", for example --label-map \($0)" } ?? " with --label-map"
        return "the labels in \"\(tally.column)\" are \(tally), and the classifier's are 0 and 1; "
          + "say which labels become them\(example)"
      }
      if tally.rows(0) == 0, summary.labelsWrittenAsUnknown > 0 {
        return "the labels in \"\(tally.column)\" are \(tally), and -1 means not known; "
          + "if it is a class here, add --label-map -1=0 1=1"
      }
    }
    return nil
  }

  private var mapText: String { map.map(\.description) ?? "" }

  private func listed(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
}
