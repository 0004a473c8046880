import Tensors

/// A recurrent cell declares its arrays and knows one time step; ``RecurrentSequence`` alone knows time.
///
/// Shape legend: B rows, H hidden units.
protocol RecurrentCell: Sendable {
  /// The matrices of the cell, each once for the input and once for the state; the first feeds the gates.
  var projections: [Projection] { get }
  /// What a step leaves for later, in the order of ``CellStep/kept``.
  var buffers: [StepBuffer] { get }
  /// Whether a cell state is carried besides the hidden state.
  var hasCellState: Bool { get }

  /// Computes the products with the state and from them the next state.
  func step(_ step: CellStep)
  /// Computes the gradients of all projections, and that of the state before where the step asks for it.
  func backward(_ step: CellStepGradient)
}

/// A pair of matrices of a cell: `[blocks·H, I]` reads the layer's input, `[blocks·H, H]` the state.
struct Projection: Sendable {
  /// What the second matrix multiplies.
  enum Operand: Sendable {
    /// h of the step before.
    case state
    /// What the cell wrote into this one of its buffers.
    case buffer(Int)
  }

  /// Names of an array for the input and one for the state, as they stand in paths.
  typealias Names = (input: String, hidden: String)

  /// Blocks of H rows.
  var blocks: Int
  /// The matrices.
  var weights: Names
  /// The biases `[blocks·H]`, if there are any.
  var biases: Names?
  var operand = Operand.state
  /// Whether the gradient of the input's contribution differs from that of the state's.
  var separatesInputGradient = false

  /// Four gates, or as many as there are `blocks`, from the input and the state.
  static func gates(
    _ blocks: Int, operand: Operand = .state, separatesInputGradient: Bool = false
  ) -> Projection {
    Projection(
      blocks: blocks, weights: ("inputWeight", "hiddenWeight"), biases: ("inputBias", "hiddenBias"), operand: operand,
      separatesInputGradient: separatesInputGradient)
  }
}

/// A tensor `[B, blocks·H]` that a step writes.
struct StepBuffer: Sendable {
  enum Element: Sendable {
    /// As what is kept for the backward pass.
    case kept
    /// As the operand of a product.
    case operand
  }

  var blocks: Int
  var element: Element
  /// Whether the step needs it also when no backward pass follows.
  var isAlwaysWritten = false
}

/// The tensors of one forward step, those of projections in the order of ``RecurrentCell/projections``.
struct CellStep {
  /// The matrices that read the state, transposed.
  var matrices: [any PreparedMatrix]
  /// `[B, blocks·H]` for each, where products go.
  var products: [Tensor]
  /// The input's contributions, their biases included.
  var inputs: [StepInput]
  /// `[blocks·H]`, added on the state's side.
  var biases: [Tensor?]
  /// h of the step before as operand, `[B, H]`.
  var operand: Tensor
  /// In: c of the step before; out: what the next step reads.
  var cellState: Tensor?
  /// Receives c, when wanted.
  var cell: Tensor?
  /// The cell's ``RecurrentCell/buffers``; `nil` for one that is not needed.
  var kept: [Tensor?]
  var outputs: HiddenOutputs

  /// The bias of a projection that has one.
  func bias(_ index: Int) -> Tensor {
    guard let bias = biases[index] else { preconditionFailure("projection \(index) has no bias") }
    return bias
  }

  /// A buffer that is always written.
  func buffer(_ index: Int) -> Tensor {
    guard let buffer = kept[index] else { preconditionFailure("buffer \(index) is kept for a backward pass alone") }
    return buffer
  }

  /// The first product, of the state itself.
  func gateProduct() -> Tensor {
    matrices[0].multiply(operand, into: products[0], accumulate: false)
    return products[0]
  }
}

/// The tensors of one backward step, those of projections in the order of ``RecurrentCell/projections``.
struct CellStepGradient {
  /// The matrices that read the state.
  var matrices: [any PreparedMatrix]
  /// The input's contributions, their biases included.
  var inputs: [StepInput]
  /// What the forward step wrote.
  var kept: [Tensor]
  /// `carry` in: gradient of the hidden state that the next step read.
  ///
  /// Out: that of the state before, if it is asked for.
  var hidden: HiddenGradient
  /// Whether there is a step before, which reads `hidden.carry`.
  var isPropagated: Bool
  /// In and out: gradient of the cell state.
  var cellCarry: Tensor?
  var keep: Tensor
  /// Receive the gradients of the products.
  var products: [Tensor]
  /// Receive the gradients of the input's contributions; the same tensors where they do not differ.
  var inputGradients: [Tensor]
  /// `[B, H]`, for a gradient within the step.
  var scratch: Tensor

  /// Hands the first product's gradient on to the state before.
  ///
  /// - Parameter isAdded: whether part of the gradient went around the product and stands in the carry already.
  func propagateGates(addingToCarry isAdded: Bool = false) {
    if isPropagated { matrices[0].multiply(products[0], into: hidden.carry, accumulate: isAdded) }
  }
}
