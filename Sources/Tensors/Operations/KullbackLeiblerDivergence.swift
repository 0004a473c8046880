import CKernels

/// Mean over the rows of `T² Σ_j p_j (log p_j − log q_j)` with `p = softmax(teacher / T)` and `q = softmax(student / T)`:
/// what a student learns from a teacher's scores (Hinton, Vinyals and Dean 2015).
///
/// The factor T² keeps the size of the gradient when the temperature changes. No gradient reaches the teacher.
///
/// - Parameters:
///   - student: scores `[rows, K]`.
///   - teacher: scores of the same shape.
///   - temperature: T, above 0.
///   - mask: one number a row; `nil` keeps every row. A row of 0 is not read.
public func kullbackLeiblerDivergence(
  _ student: Variable, teacher: Tensor, temperature: Float = 1, mask: [Float]? = nil, on tape: Tape
) -> MeanLoss {
  let (x, z) = (student.value.converted(to: .float32), teacher.converted(to: .float32))
  precondition(x.shape == z.shape, "a student's scores \(x.shape) against a teacher's \(z.shape)")
  precondition(temperature > 0 && temperature.isFinite, "a temperature of \(temperature)")
  precondition(mask == nil || mask?.count == x.rowCount, "a mask of \(mask?.count ?? 0) for \(student.shape)")
  let weight = mask.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(x.rowCount)
  let losses = Tensor(uninitialized: [x.rowCount])
  let gradient = tape.records([student]) ? Tensor(uninitialized: x.shape) : nil
  (mask ?? []).withUnsafeBufferPointer { weights in
    withKernelPointers(x, z, losses, gradient ?? x) {
      run(
        ck_kl_divergence,
        ck_kl_divergence_args(
          student: $0[0], teacher: $0[1], weights: mask == nil ? nil : weights.baseAddress, losses: $0[2],
          gradient: gradient == nil ? nil : $0[3], temperature: temperature, scale: Float(MeanLoss.factor(weight)),
          width: x.columns),
        units: x.rowCount, grain: 16)
    }
  }
  let sum = losses.withUnsafeElements { $0.reduce(0) { $0 + Double($1) } }
  return MeanLoss(sum: sum, weight: weight, of: [student], on: tape) { upstream in
    guard let gradient else { return }
    if upstream != 1 { scaleAdd(gradient, by: upstream, to: gradient, keeping: 0) }
    student.addGradient(gradient)
  }
}
