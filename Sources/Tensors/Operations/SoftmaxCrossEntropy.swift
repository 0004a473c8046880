import CKernels

/// Mean cross-entropy in nats over the unmasked rows: `Σ m_r · (log Σ_j e^{x_rj} − x_r,target) / max(Σ m, 1)`.
///
/// Shapes: `logits [rows, V]`, `targets` and `mask` one a row; a `nil` mask keeps every row. On a recording tape the
/// logits are overwritten by their gradient, which saves a copy of the largest array of the model.
///
/// - Parameter gradientScale: factor of the gradient, not of the loss: a loss scale, or a batch's share of several.
/// - Returns: the loss, summed in double precision in row order, and Σ m.
public func softmaxCrossEntropy(
  _ logits: Variable, targets: [Int32], mask: [Float]?, gradientScale: Double = 1, on tape: Tape
) -> (loss: Double, targetCount: Double) {
  let x = logits.value
  precondition(targets.count == x.rowCount, "\(targets.count) targets for \(x.shape)")
  precondition(mask == nil || mask?.count == x.rowCount, "mask of another length than the targets")
  let weight = mask.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(targets.count)
  let scale = 1 / max(weight, 1)
  let losses = Tensor(uninitialized: [x.rowCount])
  targets.withUnsafeBufferPointer { targets in
    (mask ?? []).withUnsafeBufferPointer { maskElements in
      withKernelPointers(x, losses) {
        run(
          CK_SOFTMAX_CROSS_ENTROPY,
          ck_softmax_cross_entropy_args(
            logits: $0[0], targets: targets.baseAddress, mask: mask == nil ? nil : maskElements.baseAddress,
            losses: $0[1], gradient: tape.isRecording ? $0[0] : nil, scale: Float(scale * gradientScale),
            width: x.columns),
          units: x.rowCount, grain: 16)
      }
    }
  }
  tape.record { logits.addGradient(x) }
  let total = losses.withUnsafeElements { $0.reduce(0) { $0 + Double($1) } }
  return (total * scale, weight)
}
