/// Solves L1-penalised logistic regression to a stated accuracy from any starting point.
///
/// Minimises F(β) = ‖β‖₁ + C·Σ (log(1 + e^zᵢ) − yᵢ·zᵢ), z = X·w + b, where β holds the weights and, last, the intercept.
/// Each step minimises the second-order model of the loss plus the exact penalty over a working set of features by
/// coordinate descent and Newton steps on their Gram matrix, then searches along the step. Progress is measured by the largest violation
/// of the optimality conditions: |gⱼ| ≤ 1 where βⱼ = 0, gⱼ = −sign βⱼ elsewhere, g the gradient of the loss term.
///
/// Source: Lee, Sun and Saunders, "Proximal Newton-type methods", 2014; Yuan, Ho and Lin, "An improved GLMNET", 2012.
struct ProximalNewton {
  let store: ColumnStore
  /// 1 for rows of the positive class, else 0.
  let targets: [Double]
  /// C, the weight of the loss against the penalty.
  let inverseRegularization: Double
  /// Largest accepted violation of the optimality conditions; the penalty's own slope is 1.
  let tolerance: Double
  let maximumIterations: Int

  /// The outcome of a solve.
  struct Solution: Sendable {
    /// Weights, then the intercept.
    var coefficients: [Double]
    var objective: Double
    var violation: Double
    var iterations: Int
  }

  /// Improves `start` until the optimality conditions hold within the tolerance.
  ///
  /// - Throws: ``AnalysisError/solverFailed(rows:columns:)`` when the numbers overflow.
  func solve(from start: [Double]) throws -> Solution {
    var coefficients = start
    var margins = store.product(coefficients)
    var objective = value(margins: margins, coefficients: coefficients)
    var iteration = 0
    while true {
      let probabilities = margins.map(logistic)
      let gradient = store.transposedProduct(zip(probabilities, targets).map { inverseRegularization * ($0 - $1) })
      let violations = zip(coefficients, gradient).map(Self.violation)
      let worst = violations.max() ?? 0
      guard objective.isFinite, worst.isFinite else {
        throw AnalysisError.solverFailed(rows: store.rows, columns: store.columns)
      }
      let solution = Solution(
        coefficients: coefficients, objective: objective, violation: worst, iterations: iteration)
      guard worst > tolerance, iteration < maximumIterations else { return solution }

      let working = workingSet(coefficients, violations)
      let gram = gramMatrix(of: working, probabilities: probabilities)
      var model = QuadraticModel(
        gram: gram, gradient: working.map { gradient[$0] }, start: working.map { coefficients[$0] })
      // Far from the optimum the model is crude; near it, ever smaller tolerances keep Newton's fast convergence.
      model.minimise(tolerance: max(min(0.1, worst) * worst, 0.1 * tolerance))

      var direction = [Double](repeating: 0, count: coefficients.count)
      for (position, index) in working.enumerated() {
        direction[index] = model.coefficients[position] - coefficients[index]
      }
      guard
        let step = search(
          coefficients, margins, along: direction, gradient: gradient, objective: objective)
      else { return solution }
      coefficients = step.coefficients
      margins = step.margins
      objective = step.objective
      iteration += 1
    }
  }

  /// F(β) for given margins z.
  func value(margins: [Double], coefficients: [Double]) -> Double {
    var loss = 0.0
    for (margin, target) in zip(margins, targets) { loss += softplus(target > 0.5 ? -margin : margin) }
    return inverseRegularization * loss + coefficients.reduce(0) { $0 + abs($1) }
  }

  static func violation(coefficient: Double, gradient: Double) -> Double {
    if coefficient > 0 { return abs(gradient + 1) }
    if coefficient < 0 { return abs(gradient - 1) }
    return max(abs(gradient) - 1, 0)
  }

  /// All features in use and the worst violators among the others, at most about twice as many, in rising order.
  ///
  /// A bound keeps the Gram matrix small in the first steps, when nearly every feature violates its condition.
  private func workingSet(_ coefficients: [Double], _ violations: [Double]) -> [Int] {
    let used = coefficients.indices.filter { coefficients[$0] != 0 }
    let violators = coefficients.indices.filter { coefficients[$0] == 0 && violations[$0] > 0 }
    let room = max(256, used.count)
    let added =
      violators.count <= room
      ? violators
      : Array(violators.sorted { (violations[$0], $1) > (violations[$1], $0) }.prefix(room))
    return (used + added).sorted()
  }

  /// C·Xᵀ·D·X of the working set, D = diag p(1 − p).
  private func gramMatrix(of working: [Int], probabilities: [Double]) -> SquareMatrix {
    let scale = probabilities.map { (inverseRegularization * $0 * (1 - $0)).squareRoot() }
    var gram = SquareMatrix(size: working.count)
    let block = 2048
    var packed = [Double](repeating: 0, count: working.count * min(block, store.rows))
    for rowStart in stride(from: 0, to: store.rows, by: block) {
      let range = rowStart..<min(rowStart + block, store.rows)
      packed.withUnsafeMutableBufferPointer { packed in
        store.packScaled(working, rows: range, scale: scale, into: packed)
        gram.addProduct(of: packed, width: range.count)
      }
    }
    gram.mirror()
    return gram
  }

  /// Halves the step until F falls enough (Armijo's condition); nil when no step along the direction helps.
  private func search(
    _ coefficients: [Double], _ margins: [Double], along direction: [Double], gradient: [Double], objective: Double
  ) -> (coefficients: [Double], margins: [Double], objective: Double)? {
    let marginDirection = store.product(direction)
    var predicted = 0.0
    for index in coefficients.indices where direction[index] != 0 {
      predicted +=
        gradient[index] * direction[index] + abs(coefficients[index] + direction[index]) - abs(coefficients[index])
    }
    guard predicted < 0 else { return nil }
    // Near the optimum the fall of F drowns in the rounding of F itself.
    let rounding = 1e-13 * abs(objective)
    var length = 1.0
    for _ in 0..<40 {
      let moved = zip(coefficients, direction).map { $0 + length * $1 }
      let movedMargins = zip(margins, marginDirection).map { $0 + length * $1 }
      let movedObjective = value(margins: movedMargins, coefficients: moved)
      if movedObjective <= objective + 0.01 * length * predicted + rounding {
        return (moved, movedMargins, movedObjective)
      }
      length /= 2
    }
    return nil
  }
}
