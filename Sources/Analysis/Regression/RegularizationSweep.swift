/// Chooses the strength of the L1 penalty by its score on validation data.
///
/// One fit on the training rows for each C, scored at threshold 0.5 on validation (on train when there is none). The first
/// maximum wins, which is the strongest penalty among equals. The chosen fit itself is returned: fitting again with the
/// same C would give the same model.
public struct RegularizationSweep: Sendable, Equatable {
  /// 2⁻⁸, 2⁻⁷ … 2⁻¹, 1.
  public static let defaultCandidates: [Double] = [
    0.00390625, 0.0078125, 0.015625, 0.03125, 0.0625, 0.125, 0.25, 0.5, 1,
  ]

  /// Values of C in the order they are tried, rising for speed: each fit starts from the one before.
  public var candidates: [Double]
  /// What chooses C and is reported; default accuracy.
  public var metric: ClassificationMetric
  /// How the metric is averaged when there are several label columns; default macro.
  public var averaging: MetricAveraging
  /// Score test at the threshold found on validation instead of 0.5; default off.
  public var automaticThreshold: Bool
  /// Settings of every fit; its C is replaced by each candidate.
  public var regression: LogisticRegression

  /// Settings of a sweep.
  public init(
    candidates: [Double] = RegularizationSweep.defaultCandidates, metric: ClassificationMetric = .accuracy,
    averaging: MetricAveraging = .macro, automaticThreshold: Bool = false,
    regression: LogisticRegression = LogisticRegression()
  ) {
    self.candidates = candidates
    self.metric = metric
    self.averaging = averaging
    self.automaticThreshold = automaticThreshold
    self.regression = regression
  }

  /// Fits one label column.
  ///
  /// - Parameters:
  ///   - train: Rows to fit on; labels 0 or 1, both present.
  ///   - validation: Rows to choose C on; train is used when nil.
  ///   - test: Rows to score at the end; if any of its labels is unknown (negative), only probabilities are computed.
  ///   - scoringTest: Whether to score the test rows when their labels are known.
  ///   - progress: Called after each fit; an error thrown from it ends the sweep.
  /// - Throws: ``AnalysisError`` for unusable data or settings, and what `progress` throws.
  public func run(
    train: LabelledFeatures, validation: LabelledFeatures? = nil, test: LabelledFeatures? = nil,
    scoringTest: Bool = true, progress: (SweepProgress) throws -> Void = { _ in }
  ) throws -> SweepResult {
    for split in [train, validation, test].compactMap({ $0 }) where split.labels.count != 1 {
      throw AnalysisError.columnCount(what: "label table", expected: 1, found: split.labels.count)
    }
    let result = try runColumns(
      train: train, validation: validation, test: test, scoringTest: scoringTest, progress: progress)
    return SweepResult(
      model: result.models[0], c: result.c, candidateScores: result.candidateScores, scores: result.scores,
      threshold: result.thresholds[0],
      probabilities: SplitProbabilities(
        train: result.trainProbabilities[0], validation: result.validationProbabilities?[0],
        test: result.testProbabilities?[0]))
  }

  /// Fits one independent model for each label column, with the same C for all, chosen by the averaged metric.
  ///
  /// Parameters and errors are those of ``run(train:validation:test:scoringTest:progress:)``.
  public func runColumns(
    train: LabelledFeatures, validation: LabelledFeatures? = nil, test: LabelledFeatures? = nil,
    scoringTest: Bool = true, progress: (SweepProgress) throws -> Void = { _ in }
  ) throws -> MultiLabelSweepResult {
    try check(train: train, validation: validation, test: test)
    let first = try TrainingRows(train.features, labels: train.labels[0])
    let problems = try [first] + train.labels.dropFirst().map { try first.with(labels: $0) }

    var best: (models: [LogisticRegressionModel], score: Double)?
    var previous: [LogisticRegressionModel?] = train.labels.map { _ in nil }
    var candidateScores: [CandidateScore] = []
    for (step, c) in candidates.enumerated() {
      var settings = regression
      settings.c = c
      let models = try zip(problems, previous).map { try $0.fit(settings, startingFrom: $1) }
      let score = try score(models, on: validation ?? train)
      let nonZeroCount = Double(models.reduce(0) { $0 + $1.nonZeroCount }) / Double(models.count)
      candidateScores.append(CandidateScore(c: c, score: score, nonZeroCount: nonZeroCount))
      try progress(
        SweepProgress(
          step: step + 1, total: candidates.count, c: c, score: score, nonZeroCount: nonZeroCount,
          converged: models.allSatisfy(\.converged)))
      if best.map({ score > $0.score }) ?? true { best = (models, score) }
      previous = models
    }
    guard let best else { throw AnalysisError.empty(what: "values of C to try") }
    return try report(
      best.models, candidateScores, train: train, validation: validation, test: test, scoringTest: scoringTest)
  }

  private func report(
    _ models: [LogisticRegressionModel], _ candidateScores: [CandidateScore], train: LabelledFeatures,
    validation: LabelledFeatures?, test: LabelledFeatures?, scoringTest: Bool
  ) throws -> MultiLabelSweepResult {
    func probabilities(_ split: LabelledFeatures) throws -> [[Double]] {
      try models.map { try $0.probabilities(split.features) }
    }
    let trainProbabilities = try probabilities(train)
    let validationProbabilities = try validation.map(probabilities)
    let testProbabilities = try test.map(probabilities)

    var thresholds = models.map { _ in 0.5 }
    if automaticThreshold {
      thresholds = try ThresholdSearch(metric: metric, globalTweaks: 1000, seed: UInt64(regression.seed)).run(
        labels: (validation ?? train).labels, scores: validationProbabilities ?? trainProbabilities
      ).thresholds
    }
    let half = models.map { _ in 0.5 }
    let trainScore = try average(train.labels, trainProbabilities, half)
    let validationScore = try validation.flatMap { split in
      try validationProbabilities.map { try average(split.labels, $0, half) }
    }
    let testScore = try test.flatMap { split in
      guard scoringTest, split.labelsAreKnown else { return nil as Double? }
      return try testProbabilities.map { try average(split.labels, $0, thresholds) }
    }
    return MultiLabelSweepResult(
      models: models, c: models[0].c, candidateScores: candidateScores,
      scores: SplitScores(train: trainScore, validation: validationScore, test: testScore),
      thresholds: thresholds, trainProbabilities: trainProbabilities,
      validationProbabilities: validationProbabilities, testProbabilities: testProbabilities)
  }

  private func score(_ models: [LogisticRegressionModel], on split: LabelledFeatures) throws -> Double {
    try average(
      split.labels, models.map { try $0.probabilities(split.features) }, models.map { _ in 0.5 })
  }

  private func average(_ labels: [[Double]], _ scores: [[Double]], _ thresholds: [Double]) throws -> Double {
    let counts = try labels.indices.map {
      try ClassificationCounts(labels: labels[$0], scores: scores[$0], threshold: thresholds[$0])
    }
    return metric.average(counts, averaging)
  }

  private func check(train: LabelledFeatures, validation: LabelledFeatures?, test: LabelledFeatures?) throws {
    guard !train.labels.isEmpty else { throw AnalysisError.empty(what: "label columns") }
    for (name, split) in [("validation", validation), ("test", test)] {
      guard let split else { continue }
      guard split.features.columns == train.features.columns else {
        throw AnalysisError.columnCount(
          what: "\(name) feature matrix", expected: train.features.columns, found: split.features.columns)
      }
      guard split.labels.count == train.labels.count else {
        throw AnalysisError.columnCount(
          what: "\(name) label table", expected: train.labels.count, found: split.labels.count)
      }
      try split.features.requireFinite(split: name)
      for labels in split.labels {
        guard labels.count == split.features.rows else {
          throw AnalysisError.rowCount(what: "\(name) labels", expected: split.features.rows, found: labels.count)
        }
      }
    }
    if let validation {
      guard validation.features.rows > 0 else { throw AnalysisError.empty(what: "validation rows") }
      for labels in validation.labels {
        try requireKnown(labels, rows: validation.features.rows, split: "validation")
      }
    }
  }
}
