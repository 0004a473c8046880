import Tensors

/// An LSTM whose gates read `m = (x W_mx) ⊙ (h W_mh)` in place of h.
struct MultiplicativeLSTMCell: RecurrentCell {
  /// Places in ``buffers``: `h W_mh`, and m.
  private enum Place {
    static let stateFactor = 1
    static let intermediate = 2
  }

  let projections = [
    Projection.gates(4, operand: .buffer(Place.intermediate)),
    Projection(
      blocks: 1, weights: ("multiplierInputWeight", "multiplierHiddenWeight"), separatesInputGradient: true),
  ]
  let buffers = [
    LSTMCell.gateBuffer, StepBuffer(blocks: 1, element: .kept),
    StepBuffer(blocks: 1, element: .operand, isAlwaysWritten: true),
  ]
  let hasCellState = true

  func step(_ step: CellStep) {
    let (factor, intermediate) = (step.products[1], step.buffer(Place.intermediate))
    step.matrices[1].multiply(step.operand, into: factor, accumulate: false)
    multiplyRows(step.inputs[1], factor, keeping: step.kept[Place.stateFactor], into: intermediate)
    step.matrices[0].multiply(intermediate, into: step.products[0], accumulate: false)
    LSTMCell.gates(step, product: step.products[0])
  }

  func backward(_ step: CellStepGradient) {
    LSTMCell.gatesBackward(step)
    step.matrices[0].multiply(step.products[0], into: step.scratch, accumulate: false)
    multiplyRowsBackward(
      step.inputs[1], saved: step.kept[Place.stateFactor], gradient: step.scratch,
      inputGradient: step.inputGradients[1], yGradient: step.products[1])
    if step.isPropagated { step.matrices[1].multiply(step.products[1], into: step.hidden.carry, accumulate: false) }
  }
}
