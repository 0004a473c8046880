import Tensors

/// A recurrent cell knows one time step; ``RecurrentSequence`` alone knows time.
///
/// Shape legend: B rows, H hidden units, G gate blocks.
protocol RecurrentCell: Sendable {
  /// Blocks of H in the recurrent product and in the input's contribution.
  var gateBlocks: Int { get }
  /// Whether a cell state is carried besides the hidden state.
  var hasCellState: Bool { get }
  /// Blocks of H that a step saves for its backward step.
  var savedBlocks: Int { get }
  /// Whether part of the hidden state's gradient passes around the recurrent product.
  var bypassesProduct: Bool { get }
  /// Whether the input's gradient differs from the recurrent product's.
  var separatesInputGradient: Bool { get }

  func step(_ step: CellStep)
  func backward(_ step: CellStepGradient)
}

/// The tensors of one forward step.
struct CellStep {
  /// `[B, G·H]`, the recurrent product.
  var product: Tensor
  var input: StepInput
  /// `[G·H]`, added on the hidden side.
  var bias: Tensor
  /// In: c of the step before; out: what the next step reads.
  var cellState: Tensor?
  /// Receives c, when wanted.
  var cell: Tensor?
  /// `[B, savedBlocks·H]`; `nil` when no backward pass will follow.
  var saved: Tensor?
  var outputs: HiddenOutputs
}

/// The tensors of one backward step.
struct CellStepGradient {
  var saved: Tensor
  /// `carry` in: gradient of the hidden state that the next step read.
  ///
  /// Out: the part that bypasses the product, if any.
  var hidden: HiddenGradient
  /// In and out: gradient of the cell state.
  var cellCarry: Tensor?
  var keep: Tensor
  var productGradient: Tensor
  var inputGradient: Tensor
}

/// Gates i, f, g, o over a cell state; also the inner cell of the multiplicative LSTM.
struct LSTMCell: RecurrentCell {
  let gateBlocks = 4
  let hasCellState = true
  let savedBlocks = 6
  let bypassesProduct = false
  let separatesInputGradient = false

  func step(_ step: CellStep) {
    guard let cellState = step.cellState else { preconditionFailure("an LSTM step without a cell state") }
    lstmStep(
      product: step.product, input: step.input, bias: step.bias, cellState: cellState, cell: step.cell,
      saved: step.saved, outputs: step.outputs)
  }

  func backward(_ step: CellStepGradient) {
    guard let cellCarry = step.cellCarry else { preconditionFailure("an LSTM step without a cell state's gradient") }
    lstmStepBackward(
      saved: step.saved, hidden: step.hidden, keep: step.keep, cellCarry: cellCarry, gateGradient: step.productGradient)
  }
}

/// Gates r, z and candidate n.
struct GRUCell: RecurrentCell {
  let gateBlocks = 3
  let hasCellState = false
  let savedBlocks = 5
  let bypassesProduct = true
  let separatesInputGradient = true

  func step(_ step: CellStep) {
    gruStep(
      product: step.product, input: step.input, bias: step.bias, saved: step.saved, outputs: step.outputs)
  }

  func backward(_ step: CellStepGradient) {
    gruStepBackward(
      saved: step.saved, hidden: step.hidden, productGradient: step.productGradient, inputGradient: step.inputGradient)
  }
}

/// One activation and no gates.
struct ElmanCell: RecurrentCell {
  let activation: ElmanActivation
  let gateBlocks = 1
  let hasCellState = false
  let savedBlocks = 1
  let bypassesProduct = false
  let separatesInputGradient = false

  func step(_ step: CellStep) {
    elmanStep(
      product: step.product, input: step.input, bias: step.bias, activation: activation, saved: step.saved,
      outputs: step.outputs)
  }

  func backward(_ step: CellStepGradient) {
    elmanStepBackward(
      saved: step.saved, activation: activation, hidden: step.hidden, gateGradient: step.productGradient)
  }
}
