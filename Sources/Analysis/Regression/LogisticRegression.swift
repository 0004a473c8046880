/// Binary logistic regression with an L1 penalty on weights and intercept.
///
/// Minimises ‖w‖₁ + |b| + C·Σ log(1 + exp(−sᵢ(w·xᵢ + b))) with s = 2y − 1. The intercept is penalised, as liblinear does
/// with an intercept scaling of 1, so that results compare with published ones. Features are neither scaled nor centred.
public struct LogisticRegression: Sendable, Equatable {
  /// The way to the optimum; both end at the same one.
  public enum Solver: String, CaseIterable, Codable, Sendable {
    /// Own proximal Newton steps on dense columns from the start: fast on dense features, can start from another fit.
    case newton
    /// liblinear's newGLMNET (`L1R_LR`), then own proximal Newton steps until the tolerance is met.
    case liblinear
  }

  /// C, the inverse regularisation strength: smaller is stronger; default 1.
  public var c: Double
  /// Largest accepted violation of the optimality conditions, where the penalty's slope is 1; default 1e-6.
  public var tolerance: Double
  /// Cap on Newton steps (of each of the two stages with liblinear); default 100.
  public var maximumIterations: Int
  /// The way to the optimum; default ``Solver/newton``.
  public var solver: Solver
  /// Seed of liblinear's coordinate order; ``Solver/newton`` draws nothing; default 0.
  public var seed: UInt32

  /// Settings of a fit.
  public init(
    c: Double = 1, tolerance: Double = 1e-6, maximumIterations: Int = 100, solver: Solver = .newton, seed: UInt32 = 0
  ) {
    self.c = c
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.solver = solver
    self.seed = seed
  }

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - features: Finite features of the training rows.
  ///   - labels: y, one for each row; class 1 is y > 0.5, negative means unknown and is refused.
  ///   - start: A model to start from, for instance of a neighbouring C.
  /// - Throws: ``AnalysisError`` for unusable features, labels (one class only, unknown) or settings.
  public func fit(
    _ features: FeatureMatrix, labels: [Double], startingFrom start: LogisticRegressionModel? = nil
  ) throws -> LogisticRegressionModel {
    try TrainingRows(features, labels: labels).fit(self, startingFrom: start)
  }

  func validate() throws {
    guard c > 0, c.isFinite else {
      throw AnalysisError.invalidSetting(
        name: "inverse regularization C", value: c, requirement: "a positive number")
    }
    guard tolerance > 0, tolerance.isFinite else {
      throw AnalysisError.invalidSetting(name: "solver tolerance", value: tolerance, requirement: "a positive number")
    }
    guard maximumIterations > 0 else {
      throw AnalysisError.invalidSetting(
        name: "number of solver iterations", value: Double(maximumIterations), requirement: "at least 1")
    }
  }
}

/// Checked training data in the layouts the solvers want, made once for all values of C.
struct TrainingRows: Sendable {
  let features: FeatureMatrix
  /// 1 for rows of the positive class, else 0.
  let targets: [Double]
  private let store: ColumnStore

  init(_ features: FeatureMatrix, labels: [Double]) throws {
    try self.init(features, store: nil, labels: labels)
  }

  /// The same features with the labels of another column.
  func with(labels: [Double]) throws -> TrainingRows {
    try TrainingRows(features, store: store, labels: labels)
  }

  private init(_ features: FeatureMatrix, store: ColumnStore?, labels: [Double]) throws {
    guard features.rows > 0 else { throw AnalysisError.empty(what: "training rows") }
    try requireKnown(labels, rows: features.rows, split: "training")
    let targets = labels.map { $0 > 0.5 ? 1.0 : 0.0 }
    if let first = targets.first, !targets.contains(where: { $0 != first }) {
      throw AnalysisError.singleClass(label: first == 0 ? "0" : "1", rows: features.rows)
    }
    if store == nil { try features.requireFinite(split: "training") }
    self.features = features
    self.targets = targets
    self.store = store ?? ColumnStore(features)
  }

  func fit(
    _ settings: LogisticRegression, startingFrom start: LogisticRegressionModel? = nil
  ) throws -> LogisticRegressionModel {
    try settings.validate()
    if let start, start.weights.count != features.columns {
      throw AnalysisError.columnCount(
        what: "model to start from", expected: features.columns, found: start.weights.count)
    }
    var coefficients =
      start.map { $0.weights + [$0.intercept] } ?? [Double](repeating: 0, count: features.columns + 1)
    if settings.solver == .liblinear {
      coefficients = try Liblinear.fit(
        features, targets: targets, inverseRegularization: settings.c, seed: settings.seed)
    }
    let newton = ProximalNewton(
      store: store, targets: targets, inverseRegularization: settings.c, tolerance: settings.tolerance,
      maximumIterations: settings.maximumIterations)
    let solution = try newton.solve(from: coefficients)
    return LogisticRegressionModel(
      weights: Array(solution.coefficients.dropLast()), intercept: solution.coefficients.last ?? 0, c: settings.c,
      objective: solution.objective, converged: solution.violation <= settings.tolerance,
      violation: solution.violation, iterations: solution.iterations)
  }
}

/// Refuses labels that are missing, negative or not numbers.
///
/// - Throws: ``AnalysisError/rowCount(what:expected:found:)`` or ``AnalysisError/unknownLabel(split:row:label:)``.
func requireKnown(_ labels: [Double], rows: Int, split: String) throws {
  guard labels.count == rows else {
    throw AnalysisError.rowCount(what: "\(split) labels", expected: rows, found: labels.count)
  }
  if let row = labels.firstIndex(where: { !isKnown($0) }) {
    throw AnalysisError.unknownLabel(split: split, row: row, label: labels[row])
  }
}

/// Whether a label says something: negative numbers (and what is no number) stand for "unknown".
func isKnown(_ label: Double) -> Bool {
  label >= 0 && label.isFinite
}
