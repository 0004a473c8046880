import Analysis
import Testing

@Suite("Threshold searches")
struct ThresholdTests {
  static let labels: [[Double]] = [[1, 1, 0, 1, 0, 0], [0, 0, 1, 0, 0, 1]]
  static let scores: [[Double]] = [[0.9, 0.8, 0.4, 0.3, 0.2, 0.65], [0.1, 0.35, 0.6, 0.7, 0.2, 0.5]]

  @Test(
    "The worked example's thresholds, scores and overall values",
    arguments: [
      (ClassificationMetric.f1, [0.65, 0.35], [0.8, 0.8], 0.8),
      (.jaccard, [0.65, 0.35], [0.666667, 0.666667], 0.666667),
      (.matthews, [0.65, 0.35], [0.707107, 0.707107], 0.657143),
      (.precision, [0.65, 0.35], [1, 0.666667], 0.8),
      (.recall, [0.005, 0.005], [1, 1], 1),
      (.accuracy, [0.65, 0.35], [0.833333, 0.833333], 0.833333),
    ])
  func workedExample(
    metric: ClassificationMetric, thresholds: [Double], scores: [Double], overall: Double
  ) throws {
    let found = try ThresholdSearch(metric: metric).run(labels: Self.labels, scores: Self.scores)
    #expect(found.thresholds == thresholds)
    for (found, expected) in zip(found.scores, scores) { #expect(abs(found - expected) < 1e-6) }
    #expect(abs(found.overall - overall) < 1e-6)
  }

  @Test("Counts belong to the returned thresholds, tweaks never make the overall value worse, and repeat with a seed")
  func tweaks() throws {
    var state: UInt64 = 5
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    let labels = (0..<4).map { column in (0..<300).map { _ in next() < 0.2 + 0.2 * Double(column) ? 1.0 : 0.0 } }
    let scores = labels.map { $0.map { 0.2 * $0 + 0.8 * next() } }
    let plain = try ThresholdSearch(metric: .f1).run(labels: labels, scores: scores)
    let search = ThresholdSearch(metric: .f1, globalTweaks: 1000, seed: 3)
    let tweaked = try search.run(labels: labels, scores: scores)
    #expect(tweaked.overall > plain.overall)
    #expect(try search.run(labels: labels, scores: scores) == tweaked)
    for result in [plain, tweaked] {
      let recounted = try zip(labels.indices, result.thresholds).map {
        try ClassificationCounts(labels: labels[$0], scores: scores[$0], threshold: $1)
      }
      #expect(recounted == result.counts)
      #expect(ClassificationMetric.f1.micro(recounted) == result.overall)
      #expect(recounted.map(ClassificationMetric.f1.value) == result.scores)
    }
    #expect(tweaked.thresholds.allSatisfy { ($0 * 1000).rounded() / 1000 == $0 })
  }

  @Test("A single class is never tweaked, and 1.0 remains when nothing scores")
  func singleClass() throws {
    let none = try ThresholdSearch(metric: .f1, globalTweaks: 50).run(labels: [[0, 0]], scores: [[0.2, 0.9]])
    #expect(none.thresholds == [1] && none.overall == 0)
  }

  @Test("Shapes are checked")
  func shapes() {
    let search = ThresholdSearch(metric: .f1)
    #expect(throws: AnalysisError.columnCount(what: "table of scores", expected: 1, found: 2)) {
      try search.run(labels: [[1]], scores: [[1], [1]])
    }
    #expect(throws: AnalysisError.rowCount(what: "scores", expected: 2, found: 1)) {
      try search.run(labels: [[1, 0]], scores: [[1]])
    }
    #expect(throws: AnalysisError.empty(what: "labelled rows")) { try search.run(labels: [], scores: []) }
  }

  @Test("The neutral search treats a row with both labels as neutral")
  func neutral() throws {
    let found = try NeutralThresholdSearch().run(
      positiveLabels: [1, 0, 0, 1, 1], negativeLabels: [0, 1, 0, 1, 0],
      positiveScores: [0.9, 0.2, 0.3, 0.6, 0.55], negativeScores: [0.1, 0.8, 0.4, 0.7, 0.3])
    #expect(found.positiveThreshold == 0.211 && found.negativeThreshold == 0.314)
    #expect(found.accuracy == 1)
  }

  @Test("The neutral probability is high when the two flags agree")
  func neutralProbability() {
    #expect(NeutralThresholdSearch.neutralProbability(positive: 0, negative: 0) == 1)
    #expect(NeutralThresholdSearch.neutralProbability(positive: 1, negative: 1) == 1)
    #expect(NeutralThresholdSearch.neutralProbability(positive: 1, negative: 0) == 0)
    #expect(abs(NeutralThresholdSearch.neutralProbability(positive: 0.8, negative: 0.3) - 0.38) < 1e-12)
  }
}
