import Tensors

/// What a recurrent layer reads at every step, computed for all steps at once.
///
/// Either tables with one row for each token, gathered through `tokens`, or one row for each (step, row of the batch).
struct SequenceInput {
  /// `[V, G·H]` with tokens, else `[T·B, G·H]`: the input's contribution to the gates, its bias included.
  var gates: Variable
  /// The same with width H: the input's factor of the multiplicative state.
  var multiplier: Variable?
  /// Token of (step t, row b) at `t·B + b`.
  var tokens: [Int32]?

  func gates(step: Int, rows: Int) -> StepInput { Self.slice(gates.value, tokens, step, rows) }

  func multiplier(step: Int, rows: Int) -> StepInput? {
    multiplier.map { Self.slice($0.value, tokens, step, rows) }
  }

  private static func slice(_ values: Tensor, _ tokens: [Int32]?, _ step: Int, _ rows: Int) -> StepInput {
    if let tokens {
      StepInput(rows: values, index: tokens[step * rows..<(step + 1) * rows])
    } else {
      StepInput(rows: values.rows(step * rows, count: rows), index: nil)
    }
  }
}

/// The recurrent parameters of a layer as they enter the loop.
struct RecurrentWeights {
  /// `w_hh [G·H, H]`.
  var hidden: Variable
  /// `b_hh [G·H]`.
  var hiddenBias: Variable
  /// `w_mhh [H, H]` of a multiplicative cell.
  var multiplier: Variable?
}

/// What a layer gives for all steps.
struct SequenceOutput {
  /// h after each step, `[T·B, H]`.
  var hidden: Variable
  /// c after each step, `[T·B, H]`, when asked for and there is one.
  var cell: Tensor?
  /// State after the last step, cut from the graph.
  var state: LayerState
}
