/// Mean over the elements that count of `(x − target)²`: `Σ m (x − t)² / Σ m`.
///
/// - Parameters:
///   - x: predictions of any shape.
///   - targets: a number for each.
///   - mask: a number for each; `nil` keeps all. An element of 0 is not read.
public func meanSquaredError(_ x: Variable, targets: [Float], mask: [Float]? = nil, on tape: Tape) -> MeanLoss {
  let predictions = x.value.converted(to: .float32)
  let count = predictions.count
  precondition(targets.count == count, "\(targets.count) targets for \(x.shape)")
  precondition(mask == nil || mask?.count == count, "a mask of \(mask?.count ?? 0) for \(x.shape)")
  let weight = mask.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(count)
  let gradient = Tensor(zeros: predictions.shape)
  var sum = 0.0
  predictions.withUnsafeElements { values in
    gradient.withUnsafeMutableElements { slopes in
      for index in 0..<count {
        let kept = mask?[index] ?? 1
        if kept == 0 { continue }
        let difference = values[index] - targets[index]
        sum += Double(kept) * Double(difference) * Double(difference)
        slopes[index] = 2 * kept * difference
      }
    }
  }
  let mean = MeanLoss.factor(weight)
  return MeanLoss(sum: sum, weight: weight, of: [x], on: tape) { upstream in
    scaleAdd(gradient, by: Float(mean * Double(upstream)), to: gradient, keeping: 0)
    x.addGradient(gradient)
  }
}
