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

  /// Hands the gradient of all steps' contributions `[T·B, width]` to where they came from.
  func addGradient(_ gradient: Tensor, to source: Variable) {
    if let tokens {
      addRowGradients(gradient, index: tokens, to: source)
    } else {
      source.addGradient(gradient)
    }
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

/// A recurrent layer over a whole sequence, as one operation with its own backward pass.
///
/// For each step t, rows with reset mask 1 start from zero; then
/// `p = u W_hhᵀ` with `u = h`, or `u = (x W_mx) ⊙ (h W_mhhᵀ)` for a multiplicative cell, and the cell turns p, the input's
/// contribution and the bias into the next state. Going back, only the gate gradients are computed step by step; each
/// weight gradient is one product over all steps. The state's gradient stops at the first step (truncated
/// back-propagation through time).
///
/// Time-major throughout: row `t·B + b` is step t of row b.
struct RecurrentSequence {
  let cell: any RecurrentCell
  let weights: RecurrentWeights
  let input: SequenceInput
  let steps: Int
  let rows: Int
  let width: Int
  let engine: Engine
  let isRecording: Bool

  // Buffers of `slots` steps each: all steps for a backward pass, one that is overwritten otherwise.
  private let slots: Int
  private let product: Tensor
  private let saved: Tensor?
  private let hidden: Tensor
  private let cells: Tensor?
  private let previousHidden: Tensor
  private let previousCell: Tensor?
  private let multiplierProduct: Tensor?
  private let intermediate: Tensor?
  private let keep: Tensor

  init(
    kind: CellKind, weights: RecurrentWeights, input: SequenceInput, steps: Int, rows: Int, state: LayerState,
    resetMask: [Float]?, collectingCells: Bool, on tape: Tape
  ) {
    cell = kind.cell
    self.weights = weights
    self.input = input
    self.steps = steps
    self.rows = rows
    width = weights.hidden.value.columns
    engine = tape.engine
    isRecording = tape.isRecording
    slots = tape.isRecording ? steps : 1
    let blocks = cell.gateBlocks
    product = Tensor(uninitialized: [slots * rows, blocks * width])
    saved =
      tape.isRecording && cell.savedBlocks > 0
      ? Tensor(uninitialized: [slots * rows, cell.savedBlocks * width]) : nil
    hidden = Tensor(uninitialized: [steps * rows, width])
    cells = collectingCells && cell.hasCellState ? Tensor(uninitialized: [steps * rows, width]) : nil
    // The next state of slot t is the previous state of slot t + 1; a single slot is updated in place.
    let stateRows = (tape.isRecording ? steps + 1 : 1) * rows
    previousHidden = Tensor(uninitialized: [stateRows, width])
    previousCell = cell.hasCellState ? Tensor(uninitialized: [stateRows, width]) : nil
    multiplierProduct = kind.isMultiplicative ? Tensor(uninitialized: [slots * rows, width]) : nil
    intermediate = kind.isMultiplicative ? Tensor(uninitialized: [slots * rows, width]) : nil
    keep = Self.keepMask(resetMask, steps: steps, rows: rows)
    start(from: state)
  }

  /// 1 − reset for each step and row, and ones behind the last step; `[(T + 1)·B, 1]`.
  private static func keepMask(_ resetMask: [Float]?, steps: Int, rows: Int) -> Tensor {
    precondition(resetMask == nil || resetMask?.count == steps * rows, "a reset mask of another length")
    let values = (resetMask ?? [Float](repeating: 0, count: steps * rows)).map { 1 - $0 }
    return Tensor(values + [Float](repeating: 1, count: rows), shape: [(steps + 1) * rows, 1])
  }

  private func start(from state: LayerState) {
    precondition(state.hidden.rowCount == rows, "state of \(state.hidden.rowCount) rows for a batch of \(rows)")
    multiplyRows(state.hidden, into: previousHidden.rows(0, count: rows))
    if let previousCell, let cell = state.cell { multiplyRows(cell, into: previousCell.rows(0, count: rows)) }
  }

  /// Writes `values`, zeroed in the rows that are reset before the first step.
  private func multiplyRows(_ values: Tensor, into target: Tensor) {
    let factors = keep.rows(0, count: rows).values
    target.copy(from: values)
    for (row, factor) in factors.enumerated() where factor == 0 { target.rows(row, count: 1).fill(0) }
  }

  /// Runs all steps.
  func forward() -> SequenceOutput {
    let hiddenWeight = weights.hidden.packed(transposed: true, rows: rows, engine: engine)
    let multiplierWeight = weights.multiplier?.packed(transposed: true, rows: rows, engine: engine)
    for t in 0..<steps {
      let slot = isRecording ? t : 0
      let next = isRecording ? t + 1 : 0
      var transition = stepRows(previousHidden, slot)
      if let multiplierWeight, let multiplierProduct, let intermediate,
        let multiplier = input.multiplier(step: t, rows: rows)
      {
        let through = stepRows(multiplierProduct, slot)
        engine.backend.multiply(transition, multiplierWeight, into: through, accumulate: false)
        transition = stepRows(intermediate, slot)
        Tensors.multiplyRows(multiplier, through, into: transition)
      }
      let stepProduct = stepRows(product, slot)
      engine.backend.multiply(transition, hiddenWeight, into: stepProduct, accumulate: false)
      cell.step(
        CellStep(
          product: stepProduct, input: input.gates(step: t, rows: rows), bias: weights.hiddenBias.value,
          previousHidden: stepRows(previousHidden, slot), previousCell: previousCell.map { stepRows($0, slot) },
          hidden: stepRows(hidden, t), cell: cells.map { stepRows($0, t) }, saved: saved.map { stepRows($0, slot) },
          next: NextState(
            hidden: stepRows(previousHidden, next), cell: previousCell.map { stepRows($0, next) },
            keep: stepRows(keep, t + 1))))
    }
    let last = isRecording ? steps : 0
    return SequenceOutput(
      hidden: Variable(hidden, requiresGradient: isRecording), cell: cells,
      state: LayerState(
        hidden: stepRows(previousHidden, last).copied(), cell: previousCell.map { stepRows($0, last).copied() }))
  }

  /// Propagates the gradient of h, `[T·B, H]`, to the weights and to the input.
  func backward(outputGradient: Tensor) {
    let hiddenWeight = weights.hidden.packed(transposed: false, rows: rows, engine: engine)
    let multiplierWeight = weights.multiplier?.packed(transposed: false, rows: rows, engine: engine)
    let productGradient = Tensor(uninitialized: [steps * rows, cell.gateBlocks * width])
    let inputGradient = cell.separatesInputGradient ? Tensor(uninitialized: productGradient.shape) : productGradient
    let multiplierProductGradient = multiplierProduct.map { Tensor(uninitialized: $0.shape) }
    let multiplierGradient = multiplierProduct.map { Tensor(uninitialized: $0.shape) }
    let intermediateGradient = Tensor(uninitialized: [rows, width])
    let hiddenCarry = Tensor(zeros: [rows, width])
    let cellCarry = cell.hasCellState ? Tensor(zeros: [rows, width]) : nil

    for t in (0..<steps).reversed() {
      let stepGradient = stepRows(productGradient, t)
      cell.backward(
        CellStepGradient(
          product: stepRows(product, t), saved: saved.map { stepRows($0, t) }, hidden: stepRows(hidden, t),
          previousHidden: stepRows(previousHidden, t), previousCell: previousCell.map { stepRows($0, t) },
          outputGradient: stepRows(outputGradient, t), hiddenCarry: hiddenCarry, cellCarry: cellCarry,
          keep: stepRows(keep, t), nextKeep: stepRows(keep, t + 1), productGradient: stepGradient,
          inputGradient: stepRows(inputGradient, t)))
      if let multiplierWeight, let multiplierProduct, let multiplierProductGradient, let multiplierGradient,
        let multiplier = input.multiplier(step: t, rows: rows)
      {
        engine.backend.multiply(stepGradient, hiddenWeight, into: intermediateGradient, accumulate: false)
        let throughGradient = stepRows(multiplierProductGradient, t)
        multiplyRowsBackward(
          multiplier, stepRows(multiplierProduct, t), gradient: intermediateGradient,
          inputGradient: stepRows(multiplierGradient, t), yGradient: throughGradient)
        if t > 0 {
          engine.backend.multiply(throughGradient, multiplierWeight, into: hiddenCarry, accumulate: false)
        }
      } else if t > 0 {
        engine.backend.multiply(stepGradient, hiddenWeight, into: hiddenCarry, accumulate: cell.bypassesProduct)
      }
    }
    addWeightGradients(
      productGradient: productGradient, inputGradient: inputGradient,
      multiplierProductGradient: multiplierProductGradient, multiplierGradient: multiplierGradient)
  }

  private func addWeightGradients(
    productGradient: Tensor, inputGradient: Tensor, multiplierProductGradient: Tensor?, multiplierGradient: Tensor?
  ) {
    let stateBefore = previousHidden.rows(0, count: steps * rows)
    weights.hidden.addGradient {
      engine.backend.multiply(
        productGradient, transposeA: true, intermediate ?? stateBefore, transposeB: false, into: $0, accumulate: $1)
    }
    weights.hiddenBias.addGradient { columnSums(productGradient, into: $0, accumulate: $1) }
    if let multiplierProductGradient {
      weights.multiplier?.addGradient {
        engine.backend.multiply(
          multiplierProductGradient, transposeA: true, stateBefore, transposeB: false, into: $0, accumulate: $1)
      }
    }
    input.addGradient(inputGradient, to: input.gates)
    if let multiplier = input.multiplier, let multiplierGradient {
      input.addGradient(multiplierGradient, to: multiplier)
    }
  }

  private func stepRows(_ values: Tensor, _ step: Int) -> Tensor { values.rows(step * rows, count: rows) }
}
