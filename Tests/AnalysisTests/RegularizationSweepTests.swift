import Analysis
import Testing

@Suite("Sweep over C")
struct RegularizationSweepTests {
  static func splits() throws -> (train: LabelledFeatures, validation: LabelledFeatures, test: LabelledFeatures) {
    let (features, labels) = try GoldenRegression.load().problem()
    func part(_ rows: Range<Int>) throws -> LabelledFeatures {
      let values = Array(features.values[rows.lowerBound * features.columns..<rows.upperBound * features.columns])
      return LabelledFeatures(
        features: try FeatureMatrix(rows: rows.count, columns: features.columns, values: values),
        labels: Array(labels[rows]))
    }
    return (try part(0..<240), try part(240..<320), try part(320..<400))
  }

  @Test(
    "The winner is the first maximum of the validation metric and equals a separate fit",
    arguments: [ClassificationMetric.accuracy, .matthews])
  func choice(metric: ClassificationMetric) throws {
    let (train, validation, test) = try Self.splits()
    var reports: [SweepProgress] = []
    let result = try RegularizationSweep(metric: metric).run(train: train, validation: validation, test: test) {
      reports.append($0)
    }
    #expect(reports.map(\.c) == RegularizationSweep.defaultCandidates)
    #expect(reports.map(\.step) == Array(1...9) && reports.allSatisfy { $0.total == 9 && $0.converged })
    #expect(result.candidateScores.map(\.score) == reports.map(\.score))

    var best = (c: 0.0, score: -Double.infinity)
    for c in RegularizationSweep.defaultCandidates {
      let model = try LogisticRegression(c: c).fit(train.features, labels: train.labels[0])
      let score = metric.value(
        of: try ClassificationCounts(
          labels: validation.labels[0], scores: model.probabilities(validation.features)))
      #expect(reports.first { $0.c == c }?.score == score)
      if score > best.score { best = (c, score) }
    }
    #expect(result.c == best.c && result.model.c == best.c && result.scores.validation == best.score)

    let separate = try LogisticRegression(c: best.c).fit(train.features, labels: train.labels[0])
    for (one, other) in zip(result.model.weights, separate.weights) { #expect(abs(one - other) < 1e-4) }
    #expect(result.probabilities.train == (try result.model.probabilities(train.features)))
    #expect(result.probabilities.validation == (try result.model.probabilities(validation.features)))
    #expect(result.probabilities.test == (try result.model.probabilities(test.features)))
    let testScore = metric.value(
      of: try ClassificationCounts(labels: test.labels[0], scores: result.model.probabilities(test.features)))
    #expect(result.scores.test == testScore && result.threshold == 0.5)
  }

  @Test("Among equal scores the strongest penalty wins: on the worked example every fit up to 0.5 is empty")
  func ties() throws {
    let train = LabelledFeatures(
      features: try LogisticRegressionTests.smallFeatures(), labels: LogisticRegressionTests.smallLabels)
    let result = try RegularizationSweep(candidates: [0.125, 0.25, 0.5]).run(train: train)
    #expect(result.c == 0.125 && result.scores.train == 0.5)
    #expect(result.scores.validation == nil && result.scores.test == nil)
    #expect(result.probabilities.validation == nil && result.probabilities.test == nil)
  }

  @Test("An unlabelled test split gets probabilities but no score")
  func unlabelledTest() throws {
    let (train, validation, test) = try Self.splits()
    var unlabelled = test
    unlabelled.labels[0][3] = -1
    let result = try RegularizationSweep().run(train: train, validation: validation, test: unlabelled)
    #expect(result.scores.test == nil && result.probabilities.test?.count == 80)
    let unscored = try RegularizationSweep().run(
      train: train, validation: validation, test: test, scoringTest: false)
    #expect(unscored.scores.test == nil && unscored.probabilities == result.probabilities)
  }

  @Test("The automatic threshold comes from validation and is used for test only")
  func automaticThreshold() throws {
    let (train, validation, test) = try Self.splits()
    let plain = try RegularizationSweep(candidates: [0.0625]).run(train: train, validation: validation, test: test)
    let tuned = try RegularizationSweep(candidates: [0.0625], automaticThreshold: true).run(
      train: train, validation: validation, test: test)
    let expected = try ThresholdSearch(metric: .accuracy).run(
      labels: validation.labels, scores: [try #require(plain.probabilities.validation)])
    #expect(tuned.threshold == expected.thresholds[0] && tuned.threshold != 0.5)
    #expect(tuned.scores.validation == plain.scores.validation && tuned.scores.train == plain.scores.train)
    let counts = try ClassificationCounts(
      labels: test.labels[0], scores: try #require(tuned.probabilities.test), threshold: tuned.threshold)
    #expect(tuned.scores.test == ClassificationMetric.accuracy.value(of: counts))
  }

  @Test("Several label columns share C but are fitted apart")
  func columns() throws {
    let (train, validation, _) = try Self.splits()
    func doubled(_ split: LabelledFeatures) -> LabelledFeatures {
      LabelledFeatures(
        features: split.features, labelColumns: [split.labels[0], split.labels[0].map { 1 - $0 }])
    }
    let sweep = RegularizationSweep(metric: .f1, averaging: .micro)
    let result = try sweep.runColumns(train: doubled(train), validation: doubled(validation))
    #expect(result.models.count == 2 && result.models.allSatisfy { $0.c == result.c })
    let single = try LogisticRegression(c: result.c).fit(train.features, labels: train.labels[0])
    for index in single.weights.indices {
      #expect(abs(result.models[0].weights[index] - single.weights[index]) < 1e-4)
      #expect(abs(result.models[1].weights[index] + single.weights[index]) < 1e-4)
    }
    #expect(throws: AnalysisError.columnCount(what: "label table", expected: 1, found: 2)) {
      try sweep.run(train: doubled(train))
    }
  }

  @Test("Stopping from the progress closure ends the sweep")
  func stopping() throws {
    struct Stop: Error {}
    let (train, validation, _) = try Self.splits()
    var calls = 0
    #expect(throws: Stop.self) {
      try RegularizationSweep().run(train: train, validation: validation) { _ in
        calls += 1
        if calls == 2 { throw Stop() }
      }
    }
    #expect(calls == 2)
  }

  @Test("Unknown validation labels and wrong widths are refused")
  func refusals() throws {
    let (train, validation, test) = try Self.splits()
    var unknown = validation
    unknown.labels[0][7] = -1
    #expect(throws: AnalysisError.unknownLabel(split: "validation", row: 7, label: -1)) {
      try RegularizationSweep().run(train: train, validation: unknown)
    }
    let narrow = try test.selecting(columns: [0, 1])
    #expect(throws: AnalysisError.columnCount(what: "test feature matrix", expected: 60, found: 2)) {
      try RegularizationSweep().run(train: train, test: narrow)
    }
    #expect(throws: AnalysisError.empty(what: "values of C to try")) {
      try RegularizationSweep(candidates: []).run(train: train)
    }
  }
}
