/// A loss over many rows or elements: a weighted mean.
public struct MeanLoss {
  /// The mean as a scalar variable, which can be added to others and walked back from.
  public let variable: Variable
  /// The mean in double precision, summed in the order of the rows.
  public let value: Double
  /// What the sum was divided by: the weights of rows or elements that count; 0 where none does, and the mean is 0.
  public let weight: Double

  /// The mean of `sum` over `weight`, as the result of an operation on `inputs`.
  ///
  /// - Parameter backward: receives the gradient of the mean.
  init(
    sum: Double, weight: Double, of inputs: [Variable], on tape: Tape, backward: @escaping (_ gradient: Float) -> Void
  ) {
    value = sum * Self.factor(weight)
    self.weight = weight
    variable = tape.result(Tensor([Float(value)], shape: []), of: inputs) { backward($0.values[0]) }
  }

  /// What turns a sum into a mean: `1 / weight`, and 1 where nothing counts.
  static func factor(_ weight: Double) -> Double { weight > 0 ? 1 / weight : 1 }
}

/// `Σ factor · term` of scalar variables: several losses as one.
public func weightedSum(_ terms: [(term: Variable, factor: Double)], on tape: Tape) -> Variable {
  var sum = 0.0
  for (term, factor) in terms {
    precondition(term.value.count == 1, "a sum of losses with a term of shape \(term.shape)")
    sum += factor * Double(term.value.values[0])
  }
  return tape.result(Tensor([Float(sum)], shape: []), of: terms.map(\.term)) { gradient in
    for (term, factor) in terms {
      term.addGradient(Tensor([Float(factor) * gradient.values[0]], shape: []))
    }
  }
}
