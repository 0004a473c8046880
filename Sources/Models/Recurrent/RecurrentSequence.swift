import Tensors

/// A recurrent layer over a whole sequence, as one operation with its own backward pass.
///
/// For each step t, rows with reset mask 1 start from zero; then
/// the cell multiplies the state by its matrices and turns the products, the input's contributions and the biases into
/// the next state. Going back, only the gradients of these products are computed step by step; each
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
    _ cell: any RecurrentCell, weights: RecurrentWeights, input: SequenceInput, pass: SequencePass, on tape: Tape
  ) {
    self.cell = cell
    self.weights = weights
    self.input = input
    steps = pass.steps
    rows = pass.rows
    width = weights.hidden[0].value.columns
    engine = tape.engine
    isRecording = tape.records(weights.variables + input.contributions)
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
    let result = tape.result(hidden, of: weights.variables + input.contributions) { self.backward(outputGradient: $0) }
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
    /// The cell's buffers of each step; `nil` for those that nothing needs.
    var kept: [Tensor?]
    /// h before each step and after the last, as operand.
    var operands: Tensor?
  }

  private func makeRecord(_ segment: Range<Int>) -> SegmentRecord {
    let slots = isRecording ? segment.count : 1
    func buffer(_ blocks: Int, _ type: ElementType, extraSlots: Int = 0) -> Tensor {
      Tensor(uninitialized: [(slots + extraSlots) * rows, blocks * width], elementType: type)
    }
    return SegmentRecord(
      kept: cell.buffers.map {
        isRecording || $0.isAlwaysWritten ? buffer($0.blocks, $0.element == .kept ? keptType : operandType) : nil
      },
      // In evaluation in float32 a product reads the state itself.
      operands: isRecording || operandType != .float32
        ? buffer(1, operandType, extraSlots: isRecording ? 1 : 0) : nil)
  }

  /// Runs the steps of one segment, updating `state` in place.
  private func run(
    _ segment: Range<Int>, from state: inout LayerState, record: SegmentRecord, hidden: Tensor?, cells: Tensor?
  ) {
    let matrices = weights.hidden.map { $0.prepared(transposed: true, rows: rows, engine: engine) }
    let products = cell.projections.map { Tensor(uninitialized: [rows, $0.blocks * width]) }
    let biases = weights.biases.map { $0?.value }
    if let operands = record.operands { convert(state.hidden, into: stepRows(operands, 0)) }
    for t in segment {
      let slot = isRecording ? t - segment.lowerBound : 0
      let next = isRecording ? slot + 1 : 0
      let output = hidden.map { stepRows($0, t) }
      cell.step(
        CellStep(
          matrices: matrices, products: products, inputs: input.inputs(step: t, rows: rows), biases: biases,
          operand: record.operands.map { stepRows($0, slot) } ?? state.hidden, cellState: state.cell,
          cell: cells.map { stepRows($0, t) }, kept: record.kept.map { $0.map { stepRows($0, slot) } },
          outputs: HiddenOutputs(
            state: state.hidden, nextOperand: record.operands.map { stepRows($0, next) },
            hidden: isRecording ? nil : output, hiddenOperand: isRecording ? output : nil,
            keep: stepRows(keep, t + 1))))
    }
  }

  /// Propagates the gradient of h, `[T·B, H]`, to the weights and to the input.
  func backward(outputGradient: Tensor) {
    let inputGradients = InputGradients(input, steps: steps, rows: rows, type: operandType)
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
    guard let operands = record.operands else { return }
    let kept = record.kept.compactMap { $0 }
    let matrices = weights.hidden.map { $0.prepared(transposed: false, rows: rows, engine: engine) }
    let contributionGradients = inputGradients.places(segment)
    let productGradients = zip(cell.projections, contributionGradients).map { projection, gradient in
      projection.separatesInputGradient ? Tensor(uninitialized: gradient.shape, elementType: operandType) : gradient
    }
    let scratch = Tensor(uninitialized: [rows, width])
    for t in segment.reversed() {
      let slot = t - segment.lowerBound
      cell.backward(
        CellStepGradient(
          matrices: matrices, inputs: input.inputs(step: t, rows: rows), kept: kept.map { stepRows($0, slot) },
          hidden: HiddenGradient(
            output: stepRows(outputGradient, t), carry: hiddenCarry, nextKeep: stepRows(keep, t + 1)),
          isPropagated: t > 0, cellCarry: cellCarry, keep: stepRows(keep, t),
          products: productGradients.map { stepRows($0, slot) },
          inputGradients: contributionGradients.map { stepRows($0, slot) }, scratch: scratch))
    }
    let stateBefore = operands.rows(0, count: segment.count * rows)
    for (index, projection) in cell.projections.enumerated() {
      let operand: Tensor
      switch projection.operand {
      case .state: operand = stateBefore
      case .buffer(let place): operand = kept[place]
      }
      weights.hidden[index].addGradient {
        engine.multiply(
          productGradients[index], transposeA: true, operand, transposeB: false, into: $0, accumulate: $1)
      }
      weights.biases[index]?.addGradient { columnSums(productGradients[index], into: $0, accumulate: $1) }
    }
    inputGradients.add(segment)
  }

  private func stepRows(_ values: Tensor, _ step: Int) -> Tensor { values.rows(step * rows, count: rows) }
}
