import Foundation

/// A fitted binary logistic regression: p = σ(x·w + b).
public struct LogisticRegressionModel: Sendable, Equatable, Codable {
  /// w, one weight for each feature.
  public var weights: [Double]
  /// b.
  public var intercept: Double
  /// The inverse regularisation strength C it was fitted with.
  public var c: Double
  /// ‖w‖₁ + |b| + C·Σ log(1 + exp(−sᵢ(w·xᵢ + b))) on the training rows.
  public var objective: Double
  /// Whether the optimality conditions hold within the tolerance that was asked for.
  public var converged: Bool
  /// Largest violation of the optimality conditions (the penalty's slope is 1).
  public var violation: Double
  /// Newton steps taken.
  public var iterations: Int

  /// A model from known numbers, for instance read from a checkpoint.
  public init(
    weights: [Double], intercept: Double, c: Double = 1, objective: Double = .nan, converged: Bool = true,
    violation: Double = .nan, iterations: Int = 0
  ) {
    self.weights = weights
    self.intercept = intercept
    self.c = c
    self.objective = objective
    self.converged = converged
    self.violation = violation
    self.iterations = iterations
  }

  /// Number of weights that are not zero; the intercept does not count.
  public var nonZeroCount: Int { weights.count { $0 != 0 } }

  /// The `count` features with the largest |w|, see ``Analysis/topNeurons(_:count:)``.
  public func topNeurons(_ count: Int) -> [Int] {
    Analysis.topNeurons(weights, count: count)
  }

  /// x·w + b of every row.
  ///
  /// - Throws: ``AnalysisError/columnCount(what:expected:found:)`` unless there is one column for each weight.
  public func margins(_ features: FeatureMatrix) throws -> [Double] {
    guard features.columns == weights.count else {
      throw AnalysisError.columnCount(what: "feature matrix", expected: weights.count, found: features.columns)
    }
    let columns = features.columns
    let used = weights.indices.filter { weights[$0] != 0 }
    // With few weights in use, picking their columns is cheaper than reading whole rows.
    let picks = used.count < columns / 8
    var result = [Double](repeating: intercept, count: features.rows)
    features.values.withUnsafeBufferPointer { values in
      weights.withUnsafeBufferPointer { weights in
        result.withUnsafeMutableBufferPointer { result in
          nonisolated(unsafe) let (values, weights, result) = (values, weights, result)
          inParallel(features.rows, costPerItem: picks ? used.count : columns) { row in
            let start = row * columns
            if picks {
              for column in used { result[row] += Double(values[start + column]) * weights[column] }
            } else {
              result[row] += dotProduct(UnsafeBufferPointer(rebasing: values[start..<start + columns]), weights)
            }
          }
        }
      }
    }
    return result
  }

  /// The probability of class 1 for every row.
  ///
  /// - Throws: ``AnalysisError/columnCount(what:expected:found:)`` unless there is one column for each weight.
  public func probabilities(_ features: FeatureMatrix) throws -> [Double] {
    try margins(features).map(logistic)
  }
}

/// The indices of the largest |w| in descending order; the lower index comes first among equals.
///
/// At most as many as there are weights; none for a count of 0 or less.
public func topNeurons(_ weights: [Double], count: Int) -> [Int] {
  let sorted = weights.indices.sorted { left, right in
    let (leftSize, rightSize) = (abs(weights[left]), abs(weights[right]))
    return leftSize == rightSize ? left < right : leftSize > rightSize
  }
  return Array(sorted.prefix(max(0, count)))
}
