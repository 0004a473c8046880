import CKernels

/// `y = (x − mean) / √(variance + ε) ⊙ gain + bias`, mean and variance over each row (Ba, Kiros and Hinton 2016).
///
/// Shapes: `x [..., H]`, `gain` and `bias [H]`, result that of x, in float32. The variance divides by H.
public func layerNormalization(
  _ x: Variable, gain: Variable, bias: Variable, epsilon: Float, on tape: Tape
) -> Variable {
  let input = x.value.converted(to: .float32)
  precondition(
    gain.value.count == input.columns && bias.value.count == input.columns && epsilon >= 0,
    "layer normalisation of \(x.shape) with gain \(gain.shape), bias \(bias.shape) and epsilon \(epsilon)")
  let rows = input.rowCount
  let y = Tensor(uninitialized: input.shape)
  let (means, inverses) = (Tensor(uninitialized: [rows]), Tensor(uninitialized: [rows]))
  withKernelPointers(input, gain.value, bias.value, y, means, inverses) {
    run(
      ck_layer_norm,
      ck_layer_norm_args(
        x: $0[0], gain: $0[1], bias: $0[2], out: $0[3], mean: $0[4], inverse: $0[5], epsilon: epsilon,
        width: input.columns),
      units: rows, grain: 16)
  }
  return tape.result(y, of: [x, gain, bias]) { dy in
    bias.addGradient { columnSums(dy, into: $0, accumulate: $1) }
    gain.addGradient { target, accumulate in
      withKernelPointers(input, means, inverses, dy, target) {
        run(
          ck_layer_norm_gain_backward,
          ck_layer_norm_gain_backward_args(
            x: $0[0], mean: $0[1], inverse: $0[2], gradient: $0[3], out: $0[4], row_count: rows, width: input.columns,
            accumulate: accumulate ? 1 : 0),
          units: columnBlocks(input.columns), grain: 1)
      }
    }
    x.addGradient { target, accumulate in
      withKernelPointers(input, gain.value, means, inverses, dy, target) {
        run(
          ck_layer_norm_backward,
          ck_layer_norm_backward_args(
            x: $0[0], gain: $0[1], mean: $0[2], inverse: $0[3], gradient: $0[4], out: $0[5], width: input.columns,
            accumulate: accumulate ? 1 : 0),
          units: rows, grain: 16)
      }
    }
  }
}
