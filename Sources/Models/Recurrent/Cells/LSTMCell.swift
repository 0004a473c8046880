import Tensors

/// Gates i, f, g, o over a cell state.
struct LSTMCell: RecurrentCell {
  let projections = [Projection.gates(4)]
  let buffers = [Self.gateBuffer]
  let hasCellState = true

  /// Gates, cell state and its tanh.
  static let gateBuffer = StepBuffer(blocks: 6, element: .kept)

  func step(_ step: CellStep) { Self.gates(step, product: step.gateProduct()) }

  func backward(_ step: CellStepGradient) {
    Self.gatesBackward(step)
    step.propagateGates()
  }

  /// The step behind its product.
  static func gates(_ step: CellStep, product: Tensor) {
    guard let cellState = step.cellState else { preconditionFailure("an LSTM step without a cell state") }
    lstmStep(
      product: product, input: step.inputs[0], bias: step.bias(0), cellState: cellState, cell: step.cell,
      saved: step.kept[0], outputs: step.outputs)
  }

  /// The gradient of the gates.
  static func gatesBackward(_ step: CellStepGradient) {
    guard let cellCarry = step.cellCarry else { preconditionFailure("an LSTM step without a cell state's gradient") }
    lstmStepBackward(
      saved: step.kept[0], hidden: step.hidden, keep: step.keep, cellCarry: cellCarry, gateGradient: step.products[0])
  }
}
