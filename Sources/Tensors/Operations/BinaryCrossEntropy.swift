import Foundation

/// Mean cross-entropy in nats of yes-or-no targets against `σ(logits)`, over the elements that count:
/// `Σ w (max(x, 0) − x t + log(1 + e^{−|x|})) / Σ w`, w being mask times class weight.
///
/// - Parameters:
///   - logits: `[rows, K]`, a score for each class.
///   - targets: a probability for each element, in 0 ... 1.
///   - classWeights: a weight for each class; `nil` counts all alike.
///   - positiveWeights: for each class a factor of what a missed yes costs, `t log σ(x)`; `nil` for 1.
///   - mask: a number for each element; `nil` keeps all. An element of 0 is not read.
public func binaryCrossEntropy(
  _ logits: Variable, targets: [Float], classWeights: [Float]? = nil, positiveWeights: [Float]? = nil,
  mask: [Float]? = nil, on tape: Tape
) -> MeanLoss {
  let x = logits.value.converted(to: .float32)
  let (count, classes) = (x.count, x.columns)
  precondition(targets.count == count, "\(targets.count) targets for \(logits.shape)")
  precondition(targets.allSatisfy { (0...1).contains($0) }, "a target outside 0 ... 1")
  precondition(mask == nil || mask?.count == count, "a mask of \(mask?.count ?? 0) for \(logits.shape)")
  for weights in [classWeights, positiveWeights].compactMap({ $0 }) {
    precondition(weights.count == classes, "\(weights.count) weights for \(logits.shape)")
  }
  var (sum, total) = (0.0, 0.0)
  let gradient = tape.records([logits]) ? Tensor(zeros: x.shape) : nil
  x.withUnsafeElements { scores in
    let slopes = gradient?.floats
    for index in 0..<count {
      let column = index % classes
      let weight = Double(mask?[index] ?? 1) * Double(classWeights?[column] ?? 1)
      if weight == 0 { continue }
      let (score, target) = (Double(scores[index]), Double(targets[index]))
      let positive = Double(positiveWeights?[column] ?? 1)
      // log(1 + e⁻ˣ) without overflow; a yes costs it, a no costs it plus x.
      let softplus = log1p(exp(-abs(score))) + max(-score, 0)
      sum += weight * ((1 - target) * score + (1 + (positive - 1) * target) * softplus)
      total += weight
      let no = 1 / (1 + exp(score))
      slopes?[index] = Float(weight * ((1 - target) - (1 + (positive - 1) * target) * no))
    }
  }
  let mean = MeanLoss.factor(total)
  return MeanLoss(sum: sum, weight: total, of: [logits], on: tape) { upstream in
    guard let gradient else { return }
    scaleAdd(gradient, by: Float(mean * Double(upstream)), to: gradient, keeping: 0)
    logits.addGradient(gradient)
  }
}
