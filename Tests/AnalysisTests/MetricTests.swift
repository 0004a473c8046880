import Analysis
import Testing

@Suite("Counts and metrics")
struct MetricTests {
  static let first = ClassificationCounts(
    truePositives: 3, falsePositives: 1, falseNegatives: 2, trueNegatives: 4, deviationSum: 1)
  static let second = ClassificationCounts(
    truePositives: 1, falsePositives: 3, falseNegatives: 0, trueNegatives: 6, deviationSum: 3)

  @Test(
    "Each metric has the worked example's per-class, macro and micro values",
    arguments: [
      (ClassificationMetric.accuracy, [0.7, 0.7, 0.7, 0.7]),
      (.precision, [0.75, 0.25, 0.5, 0.5]),
      (.recall, [0.6, 1, 0.8, 0.666667]),
      (.f1, [0.666667, 0.4, 0.533333, 0.571429]),
      (.jaccard, [0.5, 0.25, 0.375, 0.4]),
      (.matthews, [0.408248, 0.408248, 0.408248, 0.356348]),
      (.variance, [0.1, 0.3, 0.2, 0.2]),
    ])
  func workedExample(metric: ClassificationMetric, expected: [Double]) {
    let both = [Self.first, Self.second]
    let found = [
      metric.value(of: Self.first), metric.value(of: Self.second), metric.average(both, .macro),
      metric.average(both, .micro),
    ]
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-6) }
  }

  @Test("Command-line names are the historical ones")
  func names() {
    #expect(
      ClassificationMetric.allCases.map(\.rawValue) == ["acc", "precision", "recall", "f1", "jacc", "mcc", "var"])
  }

  @Test("Prediction and truth are strict comparisons, and truth does not follow the threshold")
  func strictness() throws {
    let labels: [Double] = [1, 1, 0, 0, 0.5]
    let scores = [0.7, 0.8, 0.7, 0.9, 0.1]
    let counts = try ClassificationCounts(labels: labels, scores: scores, threshold: 0.7)
    #expect(
      counts
        == ClassificationCounts(truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 2))
    let strictest = try ClassificationCounts(labels: labels, scores: scores, threshold: 1)
    #expect(strictest.falseNegatives == 2 && ClassificationMetric.accuracy.value(of: strictest) == 0.6)
  }

  @Test("A score that is no number is a negative prediction")
  func notANumber() throws {
    let counts = try ClassificationCounts(labels: [1, 0], scores: [.nan, .nan])
    #expect(counts == ClassificationCounts(falseNegatives: 1, trueNegatives: 1))
  }

  @Test("No metric divides by zero", arguments: ClassificationMetric.allCases)
  func emptyCounts(metric: ClassificationMetric) {
    #expect(metric.value(of: ClassificationCounts()) == 0)
    #expect(metric.macro([]) == 0 && metric.micro([]) == 0)
    #expect(metric.value(of: ClassificationCounts(falseNegatives: 3)) == 0)
  }

  @Test("Deviations over heads are summed, and lengths are checked")
  func deviations() throws {
    let counts = try ClassificationCounts(labels: [1, 0], scores: [0.9, 0.1], deviations: [0.25, 0.5])
    #expect(counts.deviationSum == 0.75)
    #expect(throws: AnalysisError.rowCount(what: "scores", expected: 2, found: 1)) {
      try ClassificationCounts(labels: [1, 0], scores: [0.9])
    }
  }
}
