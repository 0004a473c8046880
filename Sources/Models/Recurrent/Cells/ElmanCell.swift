import Tensors

/// One activation and no gates.
struct ElmanCell: RecurrentCell {
  let activation: ElmanActivation
  let projections = [Projection.gates(1)]
  let buffers = [StepBuffer(blocks: 1, element: .kept)]
  let hasCellState = false

  func step(_ step: CellStep) {
    elmanStep(
      product: step.gateProduct(), input: step.inputs[0], bias: step.bias(0), activation: activation,
      saved: step.kept[0], outputs: step.outputs)
  }

  func backward(_ step: CellStepGradient) {
    elmanStepBackward(
      saved: step.kept[0], activation: activation, hidden: step.hidden, gateGradient: step.products[0])
    step.propagateGates()
  }
}
