import Tensors

/// Gates r, z and candidate n.
struct GRUCell: RecurrentCell {
  let projections = [Projection.gates(3, separatesInputGradient: true)]
  let buffers = [StepBuffer(blocks: 5, element: .kept)]
  let hasCellState = false

  func step(_ step: CellStep) {
    gruStep(
      product: step.gateProduct(), input: step.inputs[0], bias: step.bias(0), saved: step.kept[0],
      outputs: step.outputs)
  }

  func backward(_ step: CellStepGradient) {
    gruStepBackward(
      saved: step.kept[0], hidden: step.hidden, productGradient: step.products[0],
      inputGradient: step.inputGradients[0])
    step.propagateGates(addingToCarry: true)
  }
}
