import CKernels

/// `y = x Wᵀ + b`.
///
/// Shapes: `x [rows, in]`, `weight [out, in]`, `bias [out]`, result `[rows, out]`.
///
/// The tape's operand type is that of x and of the result's gradient in the products; x may have it already.
public func linear(_ x: Variable, weight: Variable, bias: Variable?, on tape: Tape) -> Variable {
  let rows = x.value.rowCount
  precondition(x.value.columns == weight.value.columns, "linear map of \(x.shape) by a weight \(weight.shape)")
  let operand = x.value.converted(to: tape.operandType)
  let y = Tensor(uninitialized: [rows, weight.value.rowCount])
  weight.prepared(transposed: true, rows: rows, engine: tape.engine).multiply(operand, into: y, accumulate: false)
  if let bias { addBias(bias.value, to: y) }
  return tape.result(y, of: [x, weight] + (bias.map { [$0] } ?? [])) {
    linearBackward(x, operand: operand, weight: weight, bias: bias, gradient: $0, engine: tape.engine)
  }
}

/// With `dy` the gradient of the result: `dx = dy W`, `dW = dyᵀ x`, `db = Σ_rows dy`.
private func linearBackward(
  _ x: Variable, operand: Tensor, weight: Variable, bias: Variable?, gradient: Tensor, engine: Engine
) {
  bias?.addGradient { columnSums(gradient, into: $0, accumulate: $1) }
  let dy = gradient.converted(to: operand.elementType)
  weight.addGradient {
    engine.multiply(dy, transposeA: true, operand, transposeB: false, into: $0, accumulate: $1)
  }
  x.addGradient {
    weight.prepared(transposed: false, rows: dy.rowCount, engine: engine).multiply(dy, into: $0, accumulate: $1)
  }
}

/// Adds `bias [columns]` to every row of `x`.
func addBias(_ bias: Tensor, to x: Tensor) {
  precondition(bias.count == x.columns, "bias \(bias.shape) for \(x.shape)")
  withKernelPointers(x, bias) {
    run(ck_add_bias, ck_add_bias_args(rows: $0[0], bias: $0[1], width: x.columns), units: x.rowCount, grain: 64)
  }
}

/// `out[j] = Σ_rows x[row, j]`, plus `out[j]` when `accumulate`.
///
/// The order of additions does not depend on the threads.
package func columnSums(_ x: Tensor, into out: Tensor, accumulate: Bool) {
  precondition(out.count == x.columns, "column sums of \(x.shape) into \(out.shape)")
  withRawKernelPointers(x, out) {
    run(
      ck_column_sums,
      ck_column_sums_args(
        rows: $0[0], type: x.elementType.kernelElement, out: $0[1].assumingMemoryBound(to: Float.self),
        row_count: x.rowCount, width: x.columns, accumulate: accumulate ? 1 : 0),
      units: columnBlocks(x.columns), grain: 1)
  }
}
