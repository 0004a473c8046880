import CKernels

/// Where a recurrent step reads the input's contribution: a row of a table for each token, or rows computed beforehand.
public struct StepInput {
  /// Table `[V, width]`, or the step's rows `[B, width]`.
  public var rows: Tensor
  /// For each of the B rows its row in the table; `nil` when row b is simply row b.
  public var index: ArraySlice<Int32>?

  /// Names the rows of one step.
  public init(rows: Tensor, index: ArraySlice<Int32>?) {
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

/// Rows handed to a step together share a thread from this many column blocks on.
private let stepGrain = 4

/// `m = input ⊙ y`, the multiplicative state of mLSTM.
///
/// Shapes: all `[B, H]`.
public func multiplyRows(_ input: StepInput, _ y: Tensor, into m: Tensor) {
  input.withArguments { rows in
    withKernelPointers(y, m) {
      run(
        CK_MULTIPLY_ROWS, ck_multiply_rows_args(input: rows, y: $0[0], out: $0[1], width: y.columns),
        units: rowBlockUnits(rows: y.rowCount, width: y.columns), grain: 2 * stepGrain)
    }
  }
}

/// Backward of ``multiplyRows(_:_:into:)``: `dinput = dm ⊙ y`, `dy = dm ⊙ input`.
public func multiplyRowsBackward(
  _ input: StepInput, _ y: Tensor, gradient: Tensor, inputGradient: Tensor, yGradient: Tensor
) {
  input.withArguments { rows in
    withKernelPointers(y, gradient, inputGradient, yGradient) {
      run(
        CK_MULTIPLY_ROWS_BACKWARD,
        ck_multiply_rows_backward_args(
          input: rows, y: $0[0], gradient: $0[1], input_gradient: $0[2], y_gradient: $0[3], width: y.columns),
        units: rowBlockUnits(rows: y.rowCount, width: y.columns), grain: 2 * stepGrain)
    }
  }
}

/// What one step leaves for the next: the states it reads, already zeroed where a row is reset.
public struct NextState {
  /// Hidden state `[B, H]`.
  public var hidden: Tensor
  /// Cell state `[B, H]`; `nil` for cells without one.
  public var cell: Tensor?
  /// 0 where the row is reset before the next step, else 1; `[B]`.
  public var keep: Tensor

  /// Names the tensors to write and the mask.
  public init(hidden: Tensor, cell: Tensor?, keep: Tensor) {
    self.hidden = hidden
    self.cell = cell
    self.keep = keep
  }
}

/// One step of LSTM gates: `z = gates + input + bias` in blocks i, f, g, o; `c' = σ(f) c + σ(i) tanh(g)`,
/// `h' = σ(o) tanh(c')` (Hochreiter and Schmidhuber 1997).
///
/// Shapes: `gates [B, 4H]` holds the recurrent product; `bias [4H]`; states `[B, H]`. When `tanhCell` is given, `gates`
/// is left holding the activations that the backward step needs.
public func lstmStep(
  gates: Tensor, input: StepInput, bias: Tensor, previousCell: Tensor, hidden: Tensor, cell: Tensor?,
  tanhCell: Tensor?, next: NextState
) {
  let width = hidden.columns
  input.withArguments { rows in
    withKernelPointers(
      gates, bias, previousCell, hidden, cell ?? hidden, tanhCell ?? hidden, next.hidden, next.cell ?? hidden, next.keep
    ) {
      run(
        CK_LSTM_FORWARD,
        ck_lstm_forward_args(
          input: rows, bias: $0[1], gates: $0[0], previous_cell: $0[2], hidden: $0[3],
          cell: cell == nil ? nil : $0[4], tanh_cell: tanhCell == nil ? nil : $0[5], next_keep: $0[8],
          next_hidden: $0[6], next_cell: next.cell == nil ? nil : $0[7], width: width),
        units: rowBlockUnits(rows: hidden.rowCount, width: width), grain: stepGrain)
    }
  }
}

/// Backward of ``lstmStep(gates:input:bias:previousCell:hidden:cell:tanhCell:next:)``.
///
/// `hiddenCarry` is the gradient of what the next step read as hidden state; `cellCarry` that of the cell state, and is
/// replaced by the previous step's. Writes the gradient of z, `[B, 4H]`.
public func lstmStepBackward(
  gates: Tensor, previousCell: Tensor, tanhCell: Tensor, outputGradient: Tensor?, hiddenCarry: Tensor,
  nextKeep: Tensor, keep: Tensor, cellCarry: Tensor, gateGradient: Tensor
) {
  let width = tanhCell.columns
  withKernelPointers(
    gates, previousCell, tanhCell, outputGradient ?? hiddenCarry, hiddenCarry, nextKeep, keep, cellCarry, gateGradient
  ) {
    run(
      CK_LSTM_BACKWARD,
      ck_lstm_backward_args(
        gates: $0[0], previous_cell: $0[1], tanh_cell: $0[2],
        output_gradient: outputGradient == nil ? nil : UnsafePointer($0[3]), hidden_carry: $0[4], next_keep: $0[5],
        keep: $0[6], cell_carry: $0[7], gate_gradient: $0[8], width: width),
      units: rowBlockUnits(rows: tanhCell.rowCount, width: width), grain: stepGrain)
  }
}

/// One step of GRU in blocks r, z, n, the hidden bias of n being inside the product with r.
///
/// `n = tanh(x_n + r (h U_n + b_n))`, `h' = (1 − z) n + z h` (Cho et al. 2014, in cuDNN's form).
///
/// Shapes: `product [B, 3H]` is the recurrent product, `saved [B, 4H]` receives r, z, n and `h U_n + b_n`.
public func gruStep(
  product: Tensor, input: StepInput, bias: Tensor, previousHidden: Tensor, hidden: Tensor, saved: Tensor?,
  next: NextState
) {
  let width = hidden.columns
  input.withArguments { rows in
    withKernelPointers(product, bias, previousHidden, hidden, saved ?? hidden, next.keep, next.hidden) {
      run(
        CK_GRU_FORWARD,
        ck_gru_forward_args(
          input: rows, bias: $0[1], product: $0[0], previous_hidden: $0[2], saved: saved == nil ? nil : $0[4],
          hidden: $0[3], next_keep: $0[5], next_hidden: $0[6], width: width),
        units: rowBlockUnits(rows: hidden.rowCount, width: width), grain: stepGrain)
    }
  }
}

/// Backward of ``gruStep(product:input:bias:previousHidden:hidden:saved:next:)``.
///
/// `hiddenCarry` is read and replaced by the part of the previous step's gradient that passes around the product;
/// the caller adds the part through the product. The two gradients `[B, 3H]` differ in block n.
public func gruStepBackward(
  saved: Tensor, previousHidden: Tensor, outputGradient: Tensor?, hiddenCarry: Tensor, nextKeep: Tensor,
  productGradient: Tensor, inputGradient: Tensor
) {
  let width = previousHidden.columns
  withKernelPointers(
    saved, previousHidden, outputGradient ?? hiddenCarry, hiddenCarry, nextKeep, productGradient, inputGradient
  ) {
    run(
      CK_GRU_BACKWARD,
      ck_gru_backward_args(
        saved: $0[0], previous_hidden: $0[1], output_gradient: outputGradient == nil ? nil : UnsafePointer($0[2]),
        next_keep: $0[4], hidden_carry: $0[3], product_gradient: $0[5], input_gradient: $0[6], width: width),
      units: rowBlockUnits(rows: previousHidden.rowCount, width: width), grain: stepGrain)
  }
}

/// The two activations of a simple recurrent cell.
public enum ElmanActivation: Sendable {
  /// `max(0, z)`.
  case relu
  /// `tanh z`.
  case tanh
}

/// One step of a simple recurrent cell: `h' = φ(product + input + bias)` (Elman 1990).
///
/// Shapes: all `[B, H]`.
public func elmanStep(
  product: Tensor, input: StepInput, bias: Tensor, activation: ElmanActivation, hidden: Tensor, next: NextState
) {
  let width = hidden.columns
  input.withArguments { rows in
    withKernelPointers(product, bias, hidden, next.keep, next.hidden) {
      run(
        CK_ELMAN_FORWARD,
        ck_elman_forward_args(
          input: rows, bias: $0[1], product: $0[0], hidden: $0[2], next_keep: $0[3], next_hidden: $0[4], width: width,
          is_tanh: activation == .tanh ? 1 : 0),
        units: rowBlockUnits(rows: hidden.rowCount, width: width), grain: stepGrain)
    }
  }
}

/// Backward of ``elmanStep(product:input:bias:activation:hidden:next:)``; writes the gradient of φ's argument.
public func elmanStepBackward(
  hidden: Tensor, activation: ElmanActivation, outputGradient: Tensor?, hiddenCarry: Tensor, nextKeep: Tensor,
  gateGradient: Tensor
) {
  let width = hidden.columns
  withKernelPointers(hidden, outputGradient ?? hiddenCarry, hiddenCarry, nextKeep, gateGradient) {
    run(
      CK_ELMAN_BACKWARD,
      ck_elman_backward_args(
        hidden: $0[0], output_gradient: outputGradient == nil ? nil : UnsafePointer($0[1]), hidden_carry: $0[2],
        next_keep: $0[3], gate_gradient: $0[4], width: width, is_tanh: activation == .tanh ? 1 : 0),
      units: rowBlockUnits(rows: hidden.rowCount, width: width), grain: stepGrain)
  }
}
