import Analysis
import Foundation
import Testing

@Suite("L1 logistic regression")
struct LogisticRegressionTests {
  static let small: [Float] = [
    0.9, -0.2, 0.1, 0.7, 0.3, -0.4, 0.5, -0.1, 0.2, -0.2, 0.4, 0, -0.6, -0.3, 0.3, -0.8, 0.2, -0.1, 0.3, 0.5, 0.4,
    -0.4, 0.1, -0.5,
  ]
  static let smallLabels: [Double] = [1, 1, 1, 0, 0, 0, 0, 1]

  static func smallFeatures() throws -> FeatureMatrix { try FeatureMatrix(rows: 8, columns: 3, values: small) }

  @Test(
    "The worked example at C = 1 and C = 4",
    arguments: LogisticRegression.Solver.allCases,
    [
      (
        1.0, [0.720515, 0, 0], 5.367109,
        [0.6567, 0.6235, 0.5891, 0.4640, 0.3936, 0.3598, 0.5538, 0.4284]
      ),
      (
        4.0, [2.723155, -0.868136, -3.442993], 14.459856,
        [0.9072, 0.9536, 0.6813, 0.2907, 0.0827, 0.1184, 0.2701, 0.6331]
      ),
    ])
  func workedExample(
    solver: LogisticRegression.Solver, expected: (c: Double, weights: [Double], objective: Double, p: [Double])
  ) throws {
    let model = try LogisticRegression(c: expected.c, solver: solver).fit(
      Self.smallFeatures(), labels: Self.smallLabels)
    #expect(model.converged && model.violation <= 1e-6 && model.c == expected.c)
    for (found, expected) in zip(model.weights, expected.weights) { #expect(abs(found - expected) < 1e-5) }
    #expect(model.intercept == 0)
    #expect(abs(model.objective - expected.objective) < 1e-6)
    for (found, expected) in zip(try model.probabilities(Self.smallFeatures()), expected.p) {
      #expect(abs(found - expected) < 6e-5)
    }
    #expect(model.nonZeroCount == expected.weights.count { $0 != 0 })
  }

  @Test(
    "Up to C = 0.5 nothing is worth its penalty",
    arguments: LogisticRegression.Solver.allCases, [0.00390625, 0.03125, 0.5])
  func allZero(solver: LogisticRegression.Solver, c: Double) throws {
    let model = try LogisticRegression(c: c, solver: solver).fit(Self.smallFeatures(), labels: Self.smallLabels)
    #expect(model.weights == [0, 0, 0] && model.intercept == 0 && model.nonZeroCount == 0 && model.converged)
    #expect(abs(model.objective - 8 * c * log(2)) < 1e-12)
    #expect(try model.probabilities(Self.smallFeatures()) == [Double](repeating: 0.5, count: 8))
  }

  @Test(
    "Exchanging the labels mirrors the weights, whichever class comes first",
    arguments: LogisticRegression.Solver.allCases)
  func labelOrder(solver: LogisticRegression.Solver) throws {
    let regression = LogisticRegression(c: 4, solver: solver)
    let model = try regression.fit(Self.smallFeatures(), labels: Self.smallLabels)
    let mirrored = try regression.fit(Self.smallFeatures(), labels: Self.smallLabels.map { 1 - $0 })
    for (one, other) in zip(model.weights, mirrored.weights) { #expect(abs(one + other) < 1e-5) }
  }

  @Test("Weights, intercept and objective agree with scikit-learn", arguments: LogisticRegression.Solver.allCases)
  func golden(solver: LogisticRegression.Solver) throws {
    let golden = try GoldenRegression.load()
    let (features, labels) = try golden.problem()
    #expect(Int(labels.reduce(0, +)) == golden.positives)
    for expected in golden.fits {
      let model = try LogisticRegression(c: expected.c, solver: solver).fit(features, labels: labels)
      #expect(model.converged)
      #expect(abs(model.objective - expected.objective) < 1e-6)
      #expect(abs(model.intercept - expected.intercept) < 1e-4)
      for (found, expected) in zip(model.weights, expected.weights) { #expect(abs(found - expected) < 1e-4) }
      let probabilities = try model.probabilities(features)
      for (found, expected) in zip(probabilities, expected.probabilities) { #expect(abs(found - expected) < 1e-5) }
      let accuracy = ClassificationMetric.accuracy.value(
        of: try ClassificationCounts(labels: labels, scores: probabilities))
      #expect(abs(accuracy - expected.accuracy) < 1e-9)
    }
  }

  @Test("Repeated fits give the same bits", arguments: LogisticRegression.Solver.allCases)
  func repeatable(solver: LogisticRegression.Solver) throws {
    let (features, labels) = try GoldenRegression.load().problem()
    let regression = LogisticRegression(c: 1, solver: solver, seed: 9)
    #expect(try regression.fit(features, labels: labels) == regression.fit(features, labels: labels))
  }

  @Test("Too few iterations are reported, and a warm start ends at the same optimum")
  func convergenceReport() throws {
    let (features, labels) = try GoldenRegression.load().problem()
    let short = try LogisticRegression(c: 8, maximumIterations: 1).fit(features, labels: labels)
    #expect(!short.converged && short.iterations == 1 && short.violation > 1e-6)
    let cold = try LogisticRegression(c: 8).fit(features, labels: labels)
    let warm = try LogisticRegression(c: 8).fit(features, labels: labels, startingFrom: short)
    #expect(cold.converged && warm.converged && short.objective > cold.objective)
    #expect(abs(cold.objective - warm.objective) < 1e-8)
  }

  @Test("On wide, correlated features the two solvers meet at the same optimum")
  func wideProblem() throws {
    let rows = 600
    let columns = 500
    var state: UInt64 = 77
    func value() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float((state >> 33) % 2001) / 1000 - 1
    }
    let loads = (0..<columns).map { _ in (value(), value(), value()) }
    var values: [Float] = []
    var labels: [Double] = []
    for _ in 0..<rows {
      let hidden = (value(), value(), value())
      for load in loads {
        values.append(load.0 * hidden.0 + load.1 * hidden.1 + load.2 * hidden.2 + 0.3 * value())
      }
      labels.append(hidden.0 - hidden.1 + 0.8 * value() > 0.2 ? 1 : 0)
    }
    let features = try FeatureMatrix(rows: rows, columns: columns, values: values)
    let own = try LogisticRegression(c: 2).fit(features, labels: labels)
    let other = try LogisticRegression(c: 2, solver: .liblinear).fit(features, labels: labels)
    #expect(own.converged && other.converged && own.nonZeroCount > 20)
    #expect(abs(own.objective - other.objective) < 1e-6 * own.objective)
    for (one, other) in zip(try own.probabilities(features), try other.probabilities(features)) {
      #expect(abs(one - other) < 1e-5)
    }
  }

  @Test("Equal columns, constant columns, separable rows and huge values still converge")
  func awkwardFeatures() throws {
    var values: [Float] = []
    for row in 0..<40 {
      let x = Float(row) / 10 - 1.95
      values += [x, x, 0, 1, 1e6 * x]
    }
    let features = try FeatureMatrix(rows: 40, columns: 5, values: values)
    let model = try LogisticRegression(c: 1).fit(features, labels: (0..<40).map { $0 >= 20 ? 1 : 0 })
    #expect(model.converged && model.weights[2] == 0 && model.weights.allSatisfy(\.isFinite))
    #expect(try model.probabilities(features).enumerated().allSatisfy { ($1 > 0.5) == ($0 >= 20) })
  }

  @Test("Dense and sparse prediction agree with a plain sum")
  func prediction() throws {
    let columns = 37
    let values = (0..<columns * 5).map { Float(($0 * 7919) % 101) / 50 - 1 }
    let features = try FeatureMatrix(rows: 5, columns: columns, values: values)
    for used in [columns, 2] {
      let weights = (0..<columns).map { $0 < used ? Double($0 % 5) - 1.7 : 0 }
      let model = LogisticRegressionModel(weights: weights, intercept: 0.25)
      let margins = try model.margins(features)
      for row in 0..<5 {
        var expected = 0.25
        for column in 0..<columns { expected += Double(features[row, column]) * weights[column] }
        #expect(abs(margins[row] - expected) < 1e-12)
      }
    }
    #expect(throws: AnalysisError.columnCount(what: "feature matrix", expected: 2, found: columns)) {
      try LogisticRegressionModel(weights: [1, 2], intercept: 0).margins(features)
    }
  }

  @Test("Unusable data end in one sentence")
  func refusals() throws {
    let regression = LogisticRegression()
    let features = try Self.smallFeatures()
    func sentence(_ features: FeatureMatrix, _ labels: [Double]) -> String? {
      do {
        _ = try regression.fit(features, labels: labels)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(
      sentence(features, [Double](repeating: 1, count: 8))
        == "All 8 training labels are 1; a classifier needs rows of both classes.")
    #expect(
      sentence(features, [1, 0, -1, 0, 1, 0, 1, 0])
        == "Row 2 of the training data has no known label (found -1.0); labels must be 0 or 1 there.")
    #expect(
      sentence(features, [1, 0]) == "There should be 8 training labels, one for each row, but there are 2.")
    var broken = Self.small
    broken[7] = .nan
    #expect(
      sentence(try FeatureMatrix(rows: 8, columns: 3, values: broken), Self.smallLabels)
        == "The training feature in row 2, column 1 is not a finite number; "
        + "the model that produced it may have diverged or overflowed in half precision.")
    #expect(throws: AnalysisError.self) {
      try LogisticRegression(c: 0).fit(features, labels: Self.smallLabels)
    }
  }

  @Test("Top neurons: largest |w| first, lower index first among equals")
  func top() {
    #expect(topNeurons([0.5, -2, 2, 0, -0.5], count: 4) == [1, 2, 0, 4])
    #expect(topNeurons([1, 2], count: 9) == [1, 0])
    #expect(topNeurons([1, 2], count: 0).isEmpty)
  }
}
