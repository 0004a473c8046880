import Tensors

/// What a recurrent layer reads at every step, computed for all steps at once.
///
/// Either tables with one row for each token, gathered through `tokens`, or one row for each (step, row of the batch).
struct SequenceInput {
  /// For each projection of the cell `[V, blocks·H]` with tokens, else `[T·B, blocks·H]`: what the input contributes, its
  /// bias included.
  var contributions: [Variable]
  /// Token of (step t, row b) at `t·B + b`.
  var tokens: [Int32]?

  /// What one step reads of each contribution.
  func inputs(step: Int, rows: Int) -> [StepInput] {
    contributions.map { Self.slice($0.value, tokens, step, rows) }
  }

  private static func slice(_ values: Tensor, _ tokens: [Int32]?, _ step: Int, _ rows: Int) -> StepInput {
    if let tokens {
      StepInput(rows: values, index: tokens[step * rows..<(step + 1) * rows])
    } else {
      StepInput(rows: values.rows(step * rows, count: rows), index: nil)
    }
  }
}

/// The recurrent parameters of a layer as they enter the loop, in the order of the cell's projections.
struct RecurrentWeights {
  /// `[blocks·H, H]`.
  var hidden: [Variable]
  /// `[blocks·H]`, where there is one.
  var biases: [Variable?]

  /// All of them.
  var variables: [Variable] { hidden + biases.compactMap { $0 } }
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
