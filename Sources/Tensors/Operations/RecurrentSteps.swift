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

/// Rows handed to a step together share a thread from this many column blocks on.
private let stepGrain = 4

/// `m = input ⊙ y`, the multiplicative state of mLSTM, in the type of `m`; y is kept in `saved` when that is given.
///
/// Shapes: all `[B, H]`.
package func multiplyRows(_ input: StepInput, _ y: Tensor, keeping saved: Tensor?, into m: Tensor) {
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
  let width = outputs.state.columns
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
  let width = hidden.carry.columns
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
  let width = outputs.state.columns
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
