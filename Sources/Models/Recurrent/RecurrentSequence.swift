import Tensors

/// A recurrent layer over a whole sequence, as one operation with its own backward pass.
///
/// For each step t, rows with reset mask 1 start from zero; then
/// `p = u W_hhᵀ` with `u = h`, or `u = (x W_mx) ⊙ (h W_mhhᵀ)` for a multiplicative cell, and the cell turns p, the input's
/// contribution and the bias into the next state. Going back, only the gate gradients are computed step by step; each
/// weight gradient is one product over all steps. The state's gradient stops at the first step (truncated
/// back-propagation through time).
///
/// The steps are cut in segments: one, or about √T when the tape recomputes (Chen et al. 2016). With several, the forward
/// pass keeps only the state before each, and the backward pass runs a segment again before it walks back through it.
///
/// Time-major throughout: row `t·B + b` is step t of row b.
final class RecurrentSequence {
  private let cell: any RecurrentCell
  private let weights: RecurrentWeights
  private let input: SequenceInput
  private let steps: Int
  private let rows: Int
  private let width: Int
  private let engine: Engine
  private let isRecording: Bool
  private let operandType: ElementType
  private let keptType: ElementType
  private let keep: Tensor
  private let collectsCells: Bool
  private let segments: [Range<Int>]

  /// State before each segment, and what it left for the backward pass where that is kept.
  private var starts: [LayerState] = []
  private var records: [SegmentRecord?] = []

  init(
    kind: CellKind, weights: RecurrentWeights, input: SequenceInput, pass: SequencePass, on tape: Tape
  ) {
    cell = kind.cell
    self.weights = weights
    self.input = input
    steps = pass.steps
    rows = pass.rows
    width = weights.hidden.value.columns
    engine = tape.engine
    isRecording = tape.records(Self.variables(weights, input))
    operandType = tape.operandType
    keptType = tape.keptType
    keep = Self.keepMask(pass.resetMask, steps: pass.steps, rows: pass.rows)
    collectsCells = pass.collectsCells && cell.hasCellState
    segments = Self.segments(of: pass.steps, recomputing: isRecording && tape.recomputes)
  }

  private static func segments(of steps: Int, recomputing: Bool) -> [Range<Int>] {
    let length = recomputing ? max(1, Int(Double(steps).squareRoot().rounded(.up))) : max(steps, 1)
    return stride(from: 0, to: steps, by: length).map { $0..<min($0 + length, steps) }
  }

  /// 1 − reset for each step and row, and ones behind the last step; `[(T + 1)·B, 1]`.
  private static func keepMask(_ resetMask: [Float]?, steps: Int, rows: Int) -> Tensor {
    precondition(resetMask == nil || resetMask?.count == steps * rows, "a reset mask of another length")
    let values = (resetMask ?? [Float](repeating: 0, count: steps * rows)).map { 1 - $0 }
    return Tensor(values + [Float](repeating: 1, count: rows), shape: [(steps + 1) * rows, 1])
  }

  private static func variables(_ weights: RecurrentWeights, _ input: SequenceInput) -> [Variable] {
    [weights.hidden, weights.hiddenBias, input.gates] + [weights.multiplier, input.multiplier].compactMap { $0 }
  }

  /// Refuses a state that the cell would not read, or would read past.
  private func requireFitting(_ state: LayerState) {
    precondition(state.hidden.shape == [rows, width], "a hidden state \(state.hidden.shape) for [\(rows), \(width)]")
    guard cell.hasCellState else { return }
    guard let cellState = state.cell else {
      preconditionFailure("a state without a cell state for a cell that has one")
    }
    precondition(cellState.shape == [rows, width], "a cell state \(cellState.shape) for [\(rows), \(width)]")
  }

  /// Runs all steps from `state`.
  func forward(from state: LayerState, on tape: Tape) -> SequenceOutput {
    requireFitting(state)
    let hidden = Tensor(uninitialized: [steps * rows, width], elementType: isRecording ? operandType : .float32)
    let cells = collectsCells ? Tensor(uninitialized: [steps * rows, width]) : nil
    var current = startingState(state)
    for segment in segments {
      if isRecording, segments.count > 1 { starts.append(current.copied()) }
      let record = makeRecord(segment)
      run(segment, from: &current, record: record, hidden: hidden, cells: cells)
      if isRecording { records.append(segments.count > 1 ? nil : record) }
    }
    let result = tape.result(hidden, of: Self.variables(weights, input)) { self.backward(outputGradient: $0) }
    return SequenceOutput(hidden: result, cell: cells, state: current)
  }

  /// A copy of `state`, zeroed in the rows that are reset before the first step.
  private func startingState(_ state: LayerState) -> LayerState {
    let copy = state.copied()
    let factors = keep.rows(0, count: rows).values
    for (row, factor) in factors.enumerated() where factor == 0 {
      copy.hidden.rows(row, count: 1).fill(0)
      copy.cell?.rows(row, count: 1).fill(0)
    }
    return LayerState(hidden: copy.hidden, cell: cell.hasCellState ? copy.cell : nil)
  }

  /// What the steps of a segment leave for the backward pass, or for a step to hand to the next.
  private struct SegmentRecord {
    /// The cell's saved blocks of each step.
    var saved: Tensor?
    /// h before each step and after the last, as operand.
    var operands: Tensor?
    /// `h W_mhhᵀ` of each step, and the multiplicative state.
    var multiplierProduct: Tensor?
    var intermediate: Tensor?
  }

  private func makeRecord(_ segment: Range<Int>) -> SegmentRecord {
    let slots = isRecording ? segment.count : 1
    func buffer(_ blocks: Int, _ type: ElementType, extraSlots: Int = 0) -> Tensor {
      Tensor(uninitialized: [(slots + extraSlots) * rows, blocks * width], elementType: type)
    }
    let isMultiplicative = weights.multiplier != nil
    return SegmentRecord(
      saved: isRecording ? buffer(cell.savedBlocks, keptType) : nil,
      // In evaluation in float32 a product reads the state itself.
      operands: isRecording || operandType != .float32
        ? buffer(1, operandType, extraSlots: isRecording ? 1 : 0) : nil,
      multiplierProduct: isRecording && isMultiplicative ? buffer(1, keptType) : nil,
      intermediate: isMultiplicative ? buffer(1, operandType) : nil)
  }

  /// Runs the steps of one segment, updating `state` in place.
  private func run(
    _ segment: Range<Int>, from state: inout LayerState, record: SegmentRecord, hidden: Tensor?, cells: Tensor?
  ) {
    let hiddenWeight = weights.hidden.prepared(transposed: true, rows: rows, engine: engine)
    let multiplierWeight = weights.multiplier?.prepared(transposed: true, rows: rows, engine: engine)
    let product = Tensor(uninitialized: [rows, cell.gateBlocks * width])
    let through = multiplierWeight == nil ? nil : Tensor(uninitialized: [rows, width])
    if let operands = record.operands { convert(state.hidden, into: stepRows(operands, 0)) }
    for t in segment {
      let slot = isRecording ? t - segment.lowerBound : 0
      let next = isRecording ? slot + 1 : 0
      var transition = record.operands.map { stepRows($0, slot) } ?? state.hidden
      if let multiplierWeight, let through, let intermediate = record.intermediate,
        let multiplier = input.multiplier(step: t, rows: rows)
      {
        multiplierWeight.multiply(transition, into: through, accumulate: false)
        transition = stepRows(intermediate, slot)
        multiplyRows(
          multiplier, through, keeping: record.multiplierProduct.map { stepRows($0, slot) }, into: transition)
      }
      hiddenWeight.multiply(transition, into: product, accumulate: false)
      let output = hidden.map { stepRows($0, t) }
      cell.step(
        CellStep(
          product: product, input: input.gates(step: t, rows: rows), bias: weights.hiddenBias.value,
          cellState: state.cell, cell: cells.map { stepRows($0, t) }, saved: record.saved.map { stepRows($0, slot) },
          outputs: HiddenOutputs(
            state: state.hidden, nextOperand: record.operands.map { stepRows($0, next) },
            hidden: isRecording ? nil : output, hiddenOperand: isRecording ? output : nil,
            keep: stepRows(keep, t + 1))))
    }
  }

  /// Propagates the gradient of h, `[T·B, H]`, to the weights and to the input.
  func backward(outputGradient: Tensor) {
    let inputGradients = InputGradients(input, cell: cell, steps: steps, rows: rows, type: operandType)
    let hiddenCarry = Tensor(zeros: [rows, width])
    let cellCarry = cell.hasCellState ? Tensor(zeros: [rows, width]) : nil
    while let kept = records.popLast() {
      let segment = segments[records.count]
      let record: SegmentRecord
      if let kept {
        record = kept
      } else {
        record = makeRecord(segment)
        var state = starts.removeLast()
        run(segment, from: &state, record: record, hidden: nil, cells: nil)
      }
      backward(
        segment, record: record, outputGradient: outputGradient, hiddenCarry: hiddenCarry, cellCarry: cellCarry,
        inputGradients: inputGradients)
    }
    inputGradients.finish()
  }

  private func backward(
    _ segment: Range<Int>, record: SegmentRecord, outputGradient: Tensor, hiddenCarry: Tensor, cellCarry: Tensor?,
    inputGradients: InputGradients
  ) {
    guard let saved = record.saved, let operands = record.operands else { return }
    let hiddenWeight = weights.hidden.prepared(transposed: false, rows: rows, engine: engine)
    let multiplierWeight = weights.multiplier?.prepared(transposed: false, rows: rows, engine: engine)
    let inputGradient = inputGradients.gates(segment)
    let productGradient =
      cell.separatesInputGradient
      ? Tensor(uninitialized: inputGradient.shape, elementType: operandType) : inputGradient
    let multiplierGradient = inputGradients.multiplier(segment)
    let throughGradient = multiplierGradient.map { Tensor(uninitialized: $0.shape, elementType: operandType) }
    let intermediateGradient = Tensor(uninitialized: [rows, width])

    for t in segment.reversed() {
      let slot = t - segment.lowerBound
      let stepGradient = stepRows(productGradient, slot)
      cell.backward(
        CellStepGradient(
          saved: stepRows(saved, slot),
          hidden: HiddenGradient(
            output: stepRows(outputGradient, t), carry: hiddenCarry, nextKeep: stepRows(keep, t + 1)),
          cellCarry: cellCarry, keep: stepRows(keep, t), productGradient: stepGradient,
          inputGradient: stepRows(inputGradient, slot)))
      if let multiplierWeight, let multiplierProduct = record.multiplierProduct, let throughGradient,
        let multiplierGradient, let multiplier = input.multiplier(step: t, rows: rows)
      {
        hiddenWeight.multiply(stepGradient, into: intermediateGradient, accumulate: false)
        let through = stepRows(throughGradient, slot)
        multiplyRowsBackward(
          multiplier, saved: stepRows(multiplierProduct, slot), gradient: intermediateGradient,
          inputGradient: stepRows(multiplierGradient, slot), yGradient: through)
        if t > 0 { multiplierWeight.multiply(through, into: hiddenCarry, accumulate: false) }
      } else if t > 0 {
        hiddenWeight.multiply(stepGradient, into: hiddenCarry, accumulate: cell.bypassesProduct)
      }
    }

    let stateBefore = operands.rows(0, count: segment.count * rows)
    weights.hidden.addGradient {
      engine.multiply(
        productGradient, transposeA: true, record.intermediate ?? stateBefore, transposeB: false, into: $0,
        accumulate: $1)
    }
    weights.hiddenBias.addGradient { columnSums(productGradient, into: $0, accumulate: $1) }
    if let throughGradient {
      weights.multiplier?.addGradient {
        engine.multiply(throughGradient, transposeA: true, stateBefore, transposeB: false, into: $0, accumulate: $1)
      }
    }
    inputGradients.add(segment)
  }

  private func stepRows(_ values: Tensor, _ step: Int) -> Tensor { values.rows(step * rows, count: rows) }
}
