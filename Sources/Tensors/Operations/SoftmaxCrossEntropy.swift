import CKernels

/// Mean cross-entropy in nats: `Σ w_r · (log Σ_j e^{x_rj} − x_r,target) / Σ w_r`, where the weight of a row is its mask
/// times the weight of its target's class.
///
/// - Parameters:
///   - logits: `[rows, V]`.
///   - targets: one class a row, in `0 ..< V`.
///   - mask: one number a row; `nil` keeps every row. A row of 0 is not read.
///   - classWeights: one number a class; `nil` counts all alike.
public func softmaxCrossEntropy(
  _ logits: Variable, targets: [Int32], mask: [Float]? = nil, classWeights: [Float]? = nil, on tape: Tape
) -> MeanLoss {
  let rows = TargetRows(logits, targets, mask: mask, classWeights: classWeights)
  let scale = MeanLoss.factor(rows.weight)
  let x = logits.value.converted(to: .float32)
  let gradient = tape.records([logits]) ? Tensor(uninitialized: x.shape) : nil
  let sum = rows.sum(x, gradient: gradient, scale: scale)
  return MeanLoss(sum: sum, weight: rows.weight, of: [logits], on: tape) { upstream in
    guard let gradient else { return }
    if upstream != 1 { scaleAdd(gradient, by: upstream, to: gradient, keeping: 0) }
    logits.addGradient(gradient)
  }
}

/// The mean cross-entropy of ``softmaxCrossEntropy(_:targets:mask:classWeights:on:)``, made over the logits themselves.
///
/// Where a gradient is required it overwrites the logits, which saves a copy of the largest array of a language model; their
/// value cannot be read afterwards.
///
/// - Parameter gradientScale: factor of the gradient, not of the loss: a loss scale, or a batch's share of several. What
///   is known of it here is not another pass over the gradient later.
public func fusedSoftmaxCrossEntropy(
  consuming logits: Variable, targets: [Int32], mask: [Float]? = nil, gradientScale: Double = 1, on tape: Tape
) -> MeanLoss {
  let rows = TargetRows(logits, targets, mask: mask, classWeights: nil)
  let scale = MeanLoss.factor(rows.weight) * gradientScale
  guard tape.records([logits]) else {
    return MeanLoss(sum: rows.sum(logits.value, gradient: nil, scale: scale), weight: rows.weight, of: [], on: tape) {
      _ in
    }
  }
  let x = logits.consume()
  let sum = rows.sum(x, gradient: x, scale: scale)
  return MeanLoss(sum: sum, weight: rows.weight, of: [logits], on: tape) { upstream in
    if upstream != 1 { scaleAdd(x, by: upstream, to: x, keeping: 0) }
    logits.addGradient(x)
  }
}

/// What each row of scores is compared with, checked.
private struct TargetRows {
  let targets: [Int32]
  let weights: [Float]?
  let weight: Double

  init(_ logits: Variable, _ targets: [Int32], mask: [Float]?, classWeights: [Float]?) {
    let (rows, classes) = (logits.value.rowCount, logits.value.columns)
    precondition(targets.count == rows, "\(targets.count) targets for \(logits.shape)")
    precondition(mask == nil || mask?.count == rows, "a mask of \(mask?.count ?? 0) for \(logits.shape)")
    precondition(
      classWeights == nil || classWeights?.count == classes, "\(classWeights?.count ?? 0) weights for \(logits.shape)")
    for (row, target) in targets.enumerated() where target < 0 || Int(target) >= classes {
      preconditionFailure("target \(target) in row \(row) of \(classes) classes")
    }
    self.targets = targets
    if let classWeights {
      weights = targets.enumerated().map { (mask?[$0] ?? 1) * classWeights[Int($1)] }
    } else {
      weights = mask
    }
    weight = weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(targets.count)
  }

  /// `Σ w_r · loss_r`; `gradient` receives `w_r · scale · (softmax − one-hot)` and may be `x` itself.
  func sum(_ x: Tensor, gradient: Tensor?, scale: Double) -> Double {
    let losses = Tensor(uninitialized: [x.rowCount])
    targets.withUnsafeBufferPointer { targets in
      (weights ?? []).withUnsafeBufferPointer { elements in
        withKernelPointers(x, losses, gradient ?? x) {
          run(
            ck_softmax_cross_entropy,
            ck_softmax_cross_entropy_args(
              logits: $0[0], targets: targets.baseAddress, mask: weights == nil ? nil : elements.baseAddress,
              losses: $0[1], gradient: gradient == nil ? nil : $0[2], scale: Float(scale), width: x.columns),
            units: x.rowCount, grain: 16)
        }
      }
    }
    return losses.withUnsafeElements { $0.reduce(0) { $0 + Double($1) } }
  }
}
