import CKernels

/// `y_rj = e^{x_rj} / Σ_i e^{x_ri}` for each row of `x`; the result is float32.
///
/// A score of −∞ excludes its column; a row in which all are excluded gives zeros.
public func softmax(_ x: Variable, on tape: Tape) -> Variable {
  let input = x.value.converted(to: .float32)
  let y = Tensor(uninitialized: input.shape)
  withKernelPointers(input, y) {
    run(ck_softmax, ck_softmax_args(in: $0[0], out: $0[1], width: y.columns), units: y.rowCount, grain: 16)
  }
  return tape.result(y, of: [x]) { dy in
    x.addGradient { target, accumulate in
      withKernelPointers(y, dy, target) {
        run(
          ck_softmax_backward,
          ck_softmax_backward_args(
            y: $0[0], gradient: $0[1], out: $0[2], width: y.columns, accumulate: accumulate ? 1 : 0),
          units: y.rowCount, grain: 16)
      }
    }
  }
}
