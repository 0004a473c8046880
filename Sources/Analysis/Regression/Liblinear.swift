import CLinear
import Foundation
import Synchronization
import Tensors

/// The one door to the C library liblinear.
enum Liblinear {
  /// liblinear draws from the C library's `rand()`, which is global, so fits take turns to stay reproducible.
  private static let turn = Mutex(())

  /// Weights and, last, the intercept of an L1-penalised logistic regression, to liblinear's own tolerance.
  ///
  /// - Parameters:
  ///   - targets: 1 or 0 for each row.
  ///   - relativeTolerance: Sum of violations at the end against that at the start; liblinear also stops after 100
  ///     Newton steps, whatever was reached.
  static func fit(
    _ features: FeatureMatrix, targets: [Double], inverseRegularization: Double, seed: UInt32,
    relativeTolerance: Double = 1e-4
  ) throws -> [Double] {
    guard features.rows < Int(Int32.max), features.columns < Int(Int32.max) - 1 else {
      throw AnalysisError.solverRefused(message: "it has too many rows or columns")
    }
    var nodes = nodes(of: features)
    var starts: [UnsafeMutablePointer<feature_node>?] = []
    starts.reserveCapacity(features.rows)
    var targets = targets

    return try nodes.withUnsafeMutableBufferPointer { nodes in
      var next = nodes.baseAddress
      for _ in 0..<features.rows {
        starts.append(next)
        while let node = next, node.pointee.index != -1 { next = node + 1 }
        next = next.map { $0 + 1 }
      }
      return try starts.withUnsafeMutableBufferPointer { starts in
        try targets.withUnsafeMutableBufferPointer { targets in
          var description = problem(
            l: Int32(features.rows), n: Int32(features.columns + 1), y: targets.baseAddress, x: starts.baseAddress,
            bias: 1)
          var settings = parameter(
            solver_type: Int32(L1R_LR), eps: relativeTolerance, C: inverseRegularization, nr_weight: 0,
            weight_label: nil, weight: nil, p: 0.1, init_sol: nil)
          if let refusal = check_parameter(&description, &settings) {
            throw AnalysisError.solverRefused(message: String(cString: refusal))
          }
          return try turn.withLock { _ in
            set_print_string_function { _ in }
            srand(UInt32(truncatingIfNeeded: RandomStreams(seed: UInt64(seed)).seed(of: .solver)))
            return try coefficients(of: train(&description, &settings), columns: features.columns, rows: features.rows)
          }
        }
      }
    }
  }

  /// Every row as (index from 1, value) pairs without zeros, then the constant of the intercept, then the end mark.
  private static func nodes(of features: FeatureMatrix) -> [feature_node] {
    let columns = features.columns
    return features.values.withUnsafeBufferPointer { values in
      let nonZeros = values.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
      return [feature_node](unsafeUninitializedCapacity: nonZeros + 2 * features.rows) { nodes, count in
        for row in 0..<features.rows {
          for column in 0..<columns where values[row * columns + column] != 0 {
            nodes.initializeElement(
              at: count, to: feature_node(index: Int32(column + 1), value: Double(values[row * columns + column])))
            count += 1
          }
          nodes.initializeElement(at: count, to: feature_node(index: Int32(columns + 1), value: 1))
          nodes.initializeElement(at: count + 1, to: feature_node(index: -1, value: 0))
          count += 2
        }
      }
    }
  }

  private static func coefficients(
    of trained: UnsafeMutablePointer<model>?, columns: Int, rows: Int
  ) throws -> [Double] {
    var trained = trained
    defer { free_and_destroy_model(&trained) }
    guard let found = trained?.pointee, found.nr_class == 2, let weights = found.w, let labels = found.label else {
      throw AnalysisError.solverFailed(rows: rows, columns: columns)
    }
    // Decision values are positive for the class liblinear met first.
    let sign: Double = labels[0] == 1 ? 1 : -1
    let coefficients = (0...columns).map { sign * weights[$0] }
    guard coefficients.allSatisfy(\.isFinite) else {
      throw AnalysisError.solverFailed(rows: rows, columns: columns)
    }
    return coefficients
  }
}
