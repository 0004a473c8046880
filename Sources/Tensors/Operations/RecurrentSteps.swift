import CKernels

/// Where a recurrent step reads the input's contribution: a row of a table for each token, or rows computed beforehand.
package struct StepInput {
  /// Table `[V, width]`, or the step's rows `[B, width]`.
  package let rows: Tensor
  /// For each of the B rows its row in the table; `nil` when row b is simply row b.
  package let index: ArraySlice<Int32>?

  /// Names the rows of one step.
  package init(rows: Tensor, index: ArraySlice<Int32>?) {
    if let index { requireRows(index, of: rows) }
    self.rows = rows
    self.index = index
  }

  fileprivate func require(rows count: Int, width: Int) {
    precondition(
      rows.columns == width && (index?.count ?? rows.rowCount) == count,
      "\(index?.count ?? rows.rowCount) input rows of \(rows.columns) instead of \(count) of \(width)")
  }

  fileprivate func withArguments(_ body: (ck_input_rows) -> Void) {
    withKernelPointers(rows) { pointers in
      if let index {
        index.withUnsafeBufferPointer {
          body(ck_input_rows(base: pointers[0], index: $0.baseAddress, stride: rows.columns))
        }
      } else {
        body(ck_input_rows(base: pointers[0], index: nil, stride: rows.columns))
      }
    }
  }
}

/// The places that the hidden state h of one step is written to.
///
/// Shapes: `[B, H]` but for `keep [B]`. The states that the next step reads are already zeroed where a row is reset.
package struct HiddenOutputs {
  /// In: h of the step before; out: what the next step reads.
  package var state: Tensor
  /// The same in the type of operands, for the next step's product; `nil` when the state itself is read.
  package var nextOperand: Tensor?
  /// h, float32.
  package var hidden: Tensor?
  /// h in the type of operands.
  package var hiddenOperand: Tensor?
  /// 0 where the row is reset before the next step, else 1.
  package var keep: Tensor

  /// Names the tensors to write and the mask.
  package init(state: Tensor, nextOperand: Tensor?, hidden: Tensor?, hiddenOperand: Tensor?, keep: Tensor) {
    self.state = state
    self.nextOperand = nextOperand
    self.hidden = hidden
    self.hiddenOperand = hiddenOperand
    self.keep = keep
  }

  fileprivate var arguments: ck_hidden_outputs {
    ck_hidden_outputs(
      state: state.floats, next_operand: nextOperand?.start, hidden: hidden?.floats,
      hidden_operand: hiddenOperand?.start,
      next_keep: keep.floats)
  }

  fileprivate var operandType: ElementType { (nextOperand ?? hiddenOperand)?.elementType ?? .float32 }
}

/// Refuses a tensor that has not as many elements as a step reads or writes.
private func require(_ tensor: Tensor?, _ count: Int, _ name: String) {
  if let tensor, tensor.count != count { preconditionFailure("\(name) \(tensor.shape) instead of \(count) elements") }
}

extension HiddenOutputs {
  fileprivate func require(rows: Int, width: Int) {
    for tensor in [state, nextOperand, hidden, hiddenOperand] {
      Tensors.require(tensor, rows * width, "a hidden state")
    }
    Tensors.require(keep, rows, "a mask of rows")
  }
}

/// Rows handed to a step together share a thread from this many column blocks on.
private let stepGrain = 4

/// `m = input ⊙ y`, the multiplicative state of mLSTM, in the type of `m`; y is kept in `saved` when that is given.
///
/// Shapes: all `[B, H]`.
package func multiplyRows(_ input: StepInput, _ y: Tensor, keeping saved: Tensor?, into m: Tensor) {
  for tensor in [saved, m] { require(tensor, y.count, "a multiplicative state") }
  input.require(rows: y.rowCount, width: y.columns)
  input.withArguments { rows in
    withExtendedLifetime((y, saved, m)) {
      run(
        ck_multiply_rows,
        ck_multiply_rows_args(
          input: rows, y: y.floats, saved: saved?.start, out: m.start, operand: m.elementType.kernelElement,
          width: y.columns),
        units: rowBlockUnits(rows: y.rowCount, width: y.columns), grain: 2 * stepGrain)
    }
  }
}

/// Backward of ``multiplyRows(_:_:keeping:into:)``: `dinput = dm ⊙ y`, `dy = dm ⊙ input`, both in the type of operands.
package func multiplyRowsBackward(
  _ input: StepInput, saved: Tensor, gradient: Tensor, inputGradient: Tensor, yGradient: Tensor
) {
  for tensor in [gradient, inputGradient, yGradient] {
    require(tensor, saved.count, "a multiplicative state's gradient")
  }
  input.require(rows: saved.rowCount, width: saved.columns)
  input.withArguments { rows in
    withExtendedLifetime((saved, gradient, inputGradient, yGradient)) {
      run(
        ck_multiply_rows_backward,
        ck_multiply_rows_backward_args(
          input: rows, saved: saved.start, gradient: gradient.floats, input_gradient: inputGradient.start,
          y_gradient: yGradient.start, operand: yGradient.elementType.kernelElement, width: saved.columns),
        units: rowBlockUnits(rows: saved.rowCount, width: saved.columns), grain: 2 * stepGrain)
    }
  }
}

/// One step of LSTM gates: `z = product + input + bias` in blocks i, f, g, o; `c' = σ(f) c + σ(i) tanh(g)`,
/// `h' = σ(o) tanh(c')` (Hochreiter and Schmidhuber 1997).
///
/// Shapes: `product [B, 4H]` the recurrent product; `bias [4H]`; states `[B, H]`, `cellState` being replaced by what the
/// next step reads; `saved [B, 6H]` receives what the backward step needs.
package func lstmStep(
  product: Tensor, input: StepInput, bias: Tensor, cellState: Tensor, cell: Tensor?, saved: Tensor?,
  outputs: HiddenOutputs
) {
  let width = cellState.columns
  require(product, 4 * cellState.count, "an LSTM's product")
  require(bias, 4 * width, "an LSTM's bias")
  require(cell, cellState.count, "a cell state")
  require(saved, 6 * cellState.count, "an LSTM's saved blocks")
  outputs.require(rows: cellState.rowCount, width: width)
  input.require(rows: cellState.rowCount, width: 4 * width)
  input.withArguments { rows in
    withExtendedLifetime((product, bias, cellState, cell, saved, outputs)) {
      run(
        ck_lstm_forward,
        ck_lstm_forward_args(
          input: rows, bias: bias.floats, product: product.floats, cell_state: cellState.floats, cell: cell?.floats,
          saved: saved?.start, outputs: outputs.arguments, operand: outputs.operandType.kernelElement, width: width),
        units: rowBlockUnits(rows: cellState.rowCount, width: width), grain: stepGrain)
    }
  }
}

/// What a backward step reads besides what the forward step saved.
package struct HiddenGradient {
  /// Gradient of h from outside the recurrence, `[B, H]`.
  package var output: Tensor?
  /// Gradient of what the next step read as hidden state, `[B, H]`.
  package var carry: Tensor
  /// 0 where the row is reset before the next step, else 1; `[B]`.
  package var nextKeep: Tensor

  fileprivate func require(rows: Int, width: Int) {
    for tensor in [output, carry] { Tensors.require(tensor, rows * width, "a hidden state's gradient") }
    Tensors.require(nextKeep, rows, "a mask of rows")
  }

  /// Names the gradients and the mask.
  package init(output: Tensor?, carry: Tensor, nextKeep: Tensor) {
    self.output = output
    self.carry = carry
    self.nextKeep = nextKeep
  }
}

/// Backward of ``lstmStep(product:input:bias:cellState:cell:saved:outputs:)``.
///
/// `cellCarry` is the gradient of the cell state that the next step read, and is replaced by the previous step's. Writes
/// the gradient of z, `[B, 4H]`, in the type of operands.
package func lstmStepBackward(
  saved: Tensor, hidden: HiddenGradient, keep: Tensor, cellCarry: Tensor, gateGradient: Tensor
) {
  let width = cellCarry.columns
  require(saved, 6 * cellCarry.count, "an LSTM's saved blocks")
  require(gateGradient, 4 * cellCarry.count, "an LSTM's gate gradient")
  require(keep, cellCarry.rowCount, "a mask of rows")
  hidden.require(rows: cellCarry.rowCount, width: width)
  withExtendedLifetime((saved, hidden, keep, cellCarry, gateGradient)) {
    run(
      ck_lstm_backward,
      ck_lstm_backward_args(
        saved: saved.start, output_gradient: hidden.output?.floats, hidden_carry: hidden.carry.floats,
        next_keep: hidden.nextKeep.floats, keep: keep.floats, cell_carry: cellCarry.floats,
        gate_gradient: gateGradient.start, operand: gateGradient.elementType.kernelElement, width: width),
      units: rowBlockUnits(rows: cellCarry.rowCount, width: width), grain: stepGrain)
  }
}

/// One step of GRU in blocks r, z, n, the hidden bias of n being inside the product with r.
///
/// `n = tanh(x_n + r (h U_n + b_n))`, `h' = (1 − z) n + z h` (Cho et al. 2014, in cuDNN's form).
///
/// Shapes: `product [B, 3H]` is the recurrent product, `saved [B, 5H]` receives what the backward step needs.
package func gruStep(product: Tensor, input: StepInput, bias: Tensor, saved: Tensor?, outputs: HiddenOutputs) {
  let (rowCount, width) = (outputs.state.rowCount, outputs.state.columns)
  require(product, 3 * rowCount * width, "a GRU's product")
  require(bias, 3 * width, "a GRU's bias")
  require(saved, 5 * rowCount * width, "a GRU's saved blocks")
  outputs.require(rows: rowCount, width: width)
  input.require(rows: rowCount, width: 3 * width)
  input.withArguments { rows in
    withExtendedLifetime((product, bias, saved, outputs)) {
      run(
        ck_gru_forward,
        ck_gru_forward_args(
          input: rows, bias: bias.floats, product: product.floats, saved: saved?.start, outputs: outputs.arguments,
          operand: outputs.operandType.kernelElement, width: width),
        units: rowBlockUnits(rows: outputs.state.rowCount, width: width), grain: stepGrain)
    }
  }
}

/// Backward of ``gruStep(product:input:bias:saved:outputs:)``.
///
/// `hidden.carry` is read and replaced by the part of the previous step's gradient that passes around the product;
/// the caller adds the part through the product. The two gradients `[B, 3H]`, in the type of operands, differ in block n.
package func gruStepBackward(saved: Tensor, hidden: HiddenGradient, productGradient: Tensor, inputGradient: Tensor) {
  let (rowCount, width) = (hidden.carry.rowCount, hidden.carry.columns)
  require(saved, 5 * rowCount * width, "a GRU's saved blocks")
  for tensor in [productGradient, inputGradient] { require(tensor, 3 * rowCount * width, "a GRU's gate gradient") }
  hidden.require(rows: rowCount, width: width)
  withExtendedLifetime((saved, hidden, productGradient, inputGradient)) {
    run(
      ck_gru_backward,
      ck_gru_backward_args(
        saved: saved.start, output_gradient: hidden.output?.floats, next_keep: hidden.nextKeep.floats,
        hidden_carry: hidden.carry.floats, product_gradient: productGradient.start,
        input_gradient: inputGradient.start, operand: productGradient.elementType.kernelElement, width: width),
      units: rowBlockUnits(rows: hidden.carry.rowCount, width: width), grain: stepGrain)
  }
}

/// The two activations of a simple recurrent cell.
package enum ElmanActivation: Sendable {
  /// `max(0, z)`.
  case relu
  /// `tanh z`.
  case tanh
}

/// One step of a simple recurrent cell: `h' = φ(product + input + bias)` (Elman 1990).
///
/// Shapes: all `[B, H]`; `saved` receives h'.
package func elmanStep(
  product: Tensor, input: StepInput, bias: Tensor, activation: ElmanActivation, saved: Tensor?, outputs: HiddenOutputs
) {
  let (rowCount, width) = (outputs.state.rowCount, outputs.state.columns)
  for tensor in [product, saved] { require(tensor, rowCount * width, "a product or saved state") }
  require(bias, width, "a bias")
  outputs.require(rows: rowCount, width: width)
  input.require(rows: rowCount, width: width)
  input.withArguments { rows in
    withExtendedLifetime((product, bias, saved, outputs)) {
      run(
        ck_elman_forward,
        ck_elman_forward_args(
          input: rows, bias: bias.floats, product: product.floats, saved: saved?.start, outputs: outputs.arguments,
          operand: outputs.operandType.kernelElement, width: width, is_tanh: activation == .tanh ? 1 : 0),
        units: rowBlockUnits(rows: outputs.state.rowCount, width: width), grain: stepGrain)
    }
  }
}

/// Backward of ``elmanStep(product:input:bias:activation:saved:outputs:)``; writes the gradient of φ's argument in the type
/// of operands.
package func elmanStepBackward(
  saved: Tensor, activation: ElmanActivation, hidden: HiddenGradient, gateGradient: Tensor
) {
  let width = saved.columns
  require(gateGradient, saved.count, "a gate gradient")
  hidden.require(rows: saved.rowCount, width: width)
  withExtendedLifetime((saved, hidden, gateGradient)) {
    run(
      ck_elman_backward,
      ck_elman_backward_args(
        saved: saved.start, output_gradient: hidden.output?.floats, hidden_carry: hidden.carry.floats,
        next_keep: hidden.nextKeep.floats, gate_gradient: gateGradient.start,
        operand: gateGradient.elementType.kernelElement, width: width, is_tanh: activation == .tanh ? 1 : 0),
      units: rowBlockUnits(rows: saved.rowCount, width: width), grain: stepGrain)
  }
}
