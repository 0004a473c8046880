/// Features of one split with the labels of its rows.
public struct LabelledFeatures: Sendable, Equatable {
  /// One row a text.
  public var features: FeatureMatrix
  /// For each label column, y of each row: 0, 1, or a negative number for "unknown".
  public var labels: [[Double]]

  /// Features with one label column.
  public init(features: FeatureMatrix, labels: [Double]) {
    self.init(features: features, labelColumns: [labels])
  }

  /// Features with several label columns.
  public init(features: FeatureMatrix, labelColumns: [[Double]]) {
    self.features = features
    labels = labelColumns
  }

  /// Whether there are rows and every label says something.
  public var labelsAreKnown: Bool {
    features.rows > 0 && labels.allSatisfy { $0.allSatisfy(isKnown) }
  }

  /// The same rows with the given feature columns only.
  ///
  /// - Throws: ``AnalysisError/columnOutOfRange(column:columns:)``.
  public func selecting(columns: [Int]) throws -> LabelledFeatures {
    LabelledFeatures(features: try features.selecting(columns: columns), labelColumns: labels)
  }

  /// The same rows without the given feature columns.
  ///
  /// - Throws: ``AnalysisError/columnOutOfRange(column:columns:)``.
  public func removing(columns: [Int]) throws -> LabelledFeatures {
    LabelledFeatures(features: try features.removing(columns: columns), labelColumns: labels)
  }
}

/// What a sweep reports after each fit.
public struct SweepProgress: Sendable, Equatable {
  /// Number of this fit, from 1.
  public var step: Int
  /// Number of fits in all.
  public var total: Int
  /// The inverse regularisation strength C.
  public var c: Double
  /// The metric on validation (or train), 0 … 1, or −1 … 1 for Matthews.
  public var score: Double
  /// Number of non-zero weights, averaged over label columns.
  public var nonZeroCount: Double
  /// Whether all fits at this C reached the tolerance.
  public var converged: Bool
}

/// The score of one value of C.
public struct CandidateScore: Sendable, Equatable, Codable {
  /// The inverse regularisation strength C.
  public var c: Double
  /// The metric on validation (or train).
  public var score: Double
  /// Number of non-zero weights, averaged over label columns.
  public var nonZeroCount: Double
}

/// The metric of each split as a fraction; multiply by 100 for percent.
public struct SplitScores: Sendable, Equatable, Codable {
  /// At threshold 0.5.
  public var train: Double
  /// At threshold 0.5; nil without a validation split.
  public var validation: Double?
  /// At 0.5 or the automatic threshold; nil without test rows, without their labels, or when not asked for.
  public var test: Double?
}

/// Probabilities of class 1 for the rows of every split.
public struct SplitProbabilities: Sendable, Equatable, Codable {
  /// One for each training row.
  public var train: [Double]
  /// One for each validation row; nil without that split.
  public var validation: [Double]?
  /// One for each test row, labelled or not; nil without that split.
  public var test: [Double]?
}

/// The outcome of a sweep over one label column.
public struct SweepResult: Sendable, Equatable {
  /// The chosen fit.
  public var model: LogisticRegressionModel
  /// The chosen inverse regularisation strength C.
  public var c: Double
  /// Every C that was tried, in order.
  public var candidateScores: [CandidateScore]
  /// Scores of the chosen fit.
  public var scores: SplitScores
  /// The decision threshold used for test: 0.5, or the one found on validation.
  public var threshold: Double
  /// Probabilities of the chosen fit.
  public var probabilities: SplitProbabilities
}

/// The outcome of a sweep over several label columns; arrays have one element for each.
public struct MultiLabelSweepResult: Sendable, Equatable {
  /// The chosen fits.
  public var models: [LogisticRegressionModel]
  /// The inverse regularisation strength C they share.
  public var c: Double
  /// Every C that was tried, in order.
  public var candidateScores: [CandidateScore]
  /// Averaged scores of the chosen fits.
  public var scores: SplitScores
  /// The decision thresholds used for test.
  public var thresholds: [Double]
  /// Probabilities of the training rows.
  public var trainProbabilities: [[Double]]
  /// Probabilities of the validation rows; nil without that split.
  public var validationProbabilities: [[Double]]?
  /// Probabilities of the test rows, labelled or not; nil without that split.
  public var testProbabilities: [[Double]]?

  /// Number of non-zero weights, averaged over label columns.
  public var nonZeroCount: Double {
    Double(models.reduce(0) { $0 + $1.nonZeroCount }) / Double(max(models.count, 1))
  }
}
