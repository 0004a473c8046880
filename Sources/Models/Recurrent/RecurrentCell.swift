import Tensors

/// A recurrent cell knows one time step; ``runSequence(_:)`` alone knows time.
///
/// Shape legend: B rows, H hidden units, G gate blocks.
protocol RecurrentCell: Sendable {
  /// Blocks of H in the recurrent product and in the input's contribution.
  var gateBlocks: Int { get }
  /// Whether a cell state is carried besides the hidden state.
  var hasCellState: Bool { get }
  /// Blocks of H that the backward step needs besides the product's own.
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
  /// `[B, G·H]`, the recurrent product; the cell may keep its activations here.
  var product: Tensor
  var input: StepInput
  /// `[G·H]`, added on the hidden side.
  var bias: Tensor
  var previousHidden: Tensor
  var previousCell: Tensor?
  var hidden: Tensor
  var cell: Tensor?
  /// `[B, savedBlocks·H]`; `nil` when no backward pass will follow.
  var saved: Tensor?
  var next: NextState
}

/// The tensors of one backward step.
struct CellStepGradient {
  var product: Tensor
  var saved: Tensor?
  var hidden: Tensor
  var previousHidden: Tensor
  var previousCell: Tensor?
  var outputGradient: Tensor?
  /// In: gradient of the hidden state that the next step read.
  ///
  /// Out: the part that bypasses the product, if any.
  var hiddenCarry: Tensor
  /// In and out: gradient of the cell state.
  var cellCarry: Tensor?
  var keep: Tensor
  var nextKeep: Tensor
  var productGradient: Tensor
  var inputGradient: Tensor
}

/// Gates i, f, g, o over a cell state; also the inner cell of the multiplicative LSTM.
struct LSTMCell: RecurrentCell {
  let gateBlocks = 4
  let hasCellState = true
  let savedBlocks = 1
  let bypassesProduct = false
  let separatesInputGradient = false

  func step(_ step: CellStep) {
    guard let previousCell = step.previousCell else { return }
    lstmStep(
      gates: step.product, input: step.input, bias: step.bias, previousCell: previousCell, hidden: step.hidden,
      cell: step.cell, tanhCell: step.saved, next: step.next)
  }

  func backward(_ step: CellStepGradient) {
    guard let saved = step.saved, let previousCell = step.previousCell, let cellCarry = step.cellCarry else { return }
    lstmStepBackward(
      gates: step.product, previousCell: previousCell, tanhCell: saved, outputGradient: step.outputGradient,
      hiddenCarry: step.hiddenCarry, nextKeep: step.nextKeep, keep: step.keep, cellCarry: cellCarry,
      gateGradient: step.productGradient)
  }
}

/// Gates r, z and candidate n.
struct GRUCell: RecurrentCell {
  let gateBlocks = 3
  let hasCellState = false
  let savedBlocks = 4
  let bypassesProduct = true
  let separatesInputGradient = true

  func step(_ step: CellStep) {
    gruStep(
      product: step.product, input: step.input, bias: step.bias, previousHidden: step.previousHidden,
      hidden: step.hidden, saved: step.saved, next: step.next)
  }

  func backward(_ step: CellStepGradient) {
    guard let saved = step.saved else { return }
    gruStepBackward(
      saved: saved, previousHidden: step.previousHidden, outputGradient: step.outputGradient,
      hiddenCarry: step.hiddenCarry, nextKeep: step.nextKeep, productGradient: step.productGradient,
      inputGradient: step.inputGradient)
  }
}

/// One activation and no gates.
struct ElmanCell: RecurrentCell {
  let activation: ElmanActivation
  let gateBlocks = 1
  let hasCellState = false
  let savedBlocks = 0
  let bypassesProduct = false
  let separatesInputGradient = false

  func step(_ step: CellStep) {
    elmanStep(
      product: step.product, input: step.input, bias: step.bias, activation: activation, hidden: step.hidden,
      next: step.next)
  }

  func backward(_ step: CellStepGradient) {
    elmanStepBackward(
      hidden: step.hidden, activation: activation, outputGradient: step.outputGradient, hiddenCarry: step.hiddenCarry,
      nextKeep: step.nextKeep, gateGradient: step.productGradient)
  }
}
