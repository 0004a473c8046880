import Tensors

/// One recurrent layer: the arrays that its cell declares, and how they enter the sequence operation.
///
/// Shapes with input width I and H hidden units: for each projection of `blocks` blocks a matrix `[blocks·H, I]` and one
/// `[blocks·H, H]`, and biases `[blocks·H]`.
final class RecurrentLayer: Module {
  /// What the layer is built from.
  struct Description {
    var kind: CellKind
    var inputSize: Int
    var hiddenSize: Int
    var isNormalized: Bool
  }

  /// The arrays of one projection.
  private struct Arrays {
    let projection: Projection
    let inputWeight: Weight
    let hiddenWeight: Weight
    let biases: (input: Parameter, hidden: Parameter)?

    init(_ projection: Projection, _ layer: Description) {
      self.projection = projection
      let rows = projection.blocks * layer.hiddenSize
      inputWeight = Weight(shape: [rows, layer.inputSize], isNormalized: layer.isNormalized)
      hiddenWeight = Weight(shape: [rows, layer.hiddenSize], isNormalized: layer.isNormalized)
      biases = projection.biases.map { _ in (Parameter(shape: [rows]), Parameter(shape: [rows])) }
    }

    var weights: [Weight] { [inputWeight, hiddenWeight] }

    var weightMembers: [ModuleMember] {
      [inputWeight.member(projection.weights.input), hiddenWeight.member(projection.weights.hidden)]
    }

    var biasMembers: [ModuleMember] {
      guard let names = projection.biases, let biases else { return [] }
      return [.parameter(names.input, biases.input), .parameter(names.hidden, biases.hidden)]
    }
  }

  private let description: Description
  private let arrays: [Arrays]

  init(_ description: Description) {
    self.description = description
    arrays = description.kind.cell.projections.map { Arrays($0, description) }
  }

  /// In the order of optimizer states: biases behind the matrices that they belong to, or first when matrices are
  /// normalised.
  var members: [ModuleMember] {
    description.isNormalized
      ? arrays.flatMap(\.biasMembers) + arrays.flatMap(\.weightMembers)
      : arrays.flatMap { $0.weightMembers + $0.biasMembers }
  }

  /// The matrices, weight normalisation carried out; computed anew and not kept.
  var matrices: [Tensor] { arrays.flatMap { $0.weights.map(\.matrix) } }

  /// Draws all parameters, biases included, uniformly from [−bound, bound].
  func initialize(bound: Float, using generator: inout SeededGenerator) {
    for weight in arrays.flatMap(\.weights) {
      let values = Tensor(uninitialized: weight.shape)
      values.fillUniform(bound: bound, using: &generator)
      weight.set(values)
    }
    for biases in arrays.compactMap(\.biases) {
      for bias in [biases.input, biases.hidden] {
        bias.variable.update { $0.fillUniform(bound: bound, using: &generator) }
      }
    }
  }

  /// Runs a sequence whose input is one row for each (step, row of the batch).
  func run(_ x: Variable, _ pass: SequencePass, state: LayerState, on tape: Tape) -> SequenceOutput {
    run(contributions(x, on: tape), pass, state: state, on: tape)
  }

  /// What the input contributes to each projection, for all steps or for the whole vocabulary at once.
  private func contributions(_ x: Variable, on tape: Tape) -> SequenceInput {
    SequenceInput(
      contributions: arrays.map {
        linear(x, weight: $0.inputWeight.effective(on: tape), bias: $0.biases?.input.variable, on: tape)
      }, tokens: nil)
  }

  /// Runs a sequence of tokens: one product for the whole vocabulary, whose rows the steps then read.
  func run(tokens: [Int32], of embedding: Variable, _ pass: SequencePass, state: LayerState, on tape: Tape)
    -> SequenceOutput
  {
    var input = tables(embedding, on: tape)
    input.tokens = tokens
    return run(input, pass, state: state, on: tape)
  }

  private struct TableKey: Hashable {
    var type: ElementType
  }

  private func tables(_ embedding: Variable, on tape: Tape) -> SequenceInput {
    let sources =
      [embedding]
      + arrays.flatMap { $0.inputWeight.variables + ($0.biases.map { [$0.input.variable] } ?? []) }
    if tape.records(sources) { return contributions(embedding, on: tape) }
    // Kept with the layer's own array: several layers may read one embedding.
    return sources[1].derived(
      TableKey(type: tape.operandType), for: tape.engine, with: sources
    ) { contributions(embedding, on: tape) }
  }

  private func run(_ input: SequenceInput, _ pass: SequencePass, state: LayerState, on tape: Tape) -> SequenceOutput {
    let weights = RecurrentWeights(
      hidden: arrays.map { $0.hiddenWeight.effective(on: tape) }, biases: arrays.map { $0.biases?.hidden.variable })
    return RecurrentSequence(description.kind.cell, weights: weights, input: input, pass: pass, on: tape)
      .forward(from: state, on: tape)
  }
}

extension RecurrentLayer {
  /// What the layer takes: what the cell's steps leave, the gradients of its products, and the outputs.
  static func needs(_ layer: Description, types: MemoryTypes = MemoryTypes()) -> MemoryNeeds {
    let (cell, width) = (layer.kind.cell, Double(layer.hiddenSize))
    var (matrices, biases) = (0, 0)
    for projection in cell.projections {
      let rows = ElementCount.product(projection.blocks, layer.hiddenSize)
      let columns = ElementCount.sum(layer.inputSize, layer.hiddenSize)
      matrices = ElementCount.sum(matrices, ElementCount.product(rows, columns))
      if projection.biases != nil { biases = ElementCount.sum(biases, rows, rows) }
    }
    let kept = cell.buffers.reduce(0) {
      $0 + Double($1.blocks) * ($1.element == .kept ? types.kept : types.operand)
    }
    let gradients = cell.projections.reduce(0.0) { $0 + Double($1.blocks * ($1.separatesInputGradient ? 2 : 1)) }
    let blocks = Double(layer.kind.gateBlocks)
    // Of operands that are widened, some rows and some columns of weights at a time.
    let panel = min(Double(1 << 19), blocks * width * width)
    return MemoryNeeds(
      parameterCount: ElementCount.sum(matrices, biases), normalizedCount: layer.isNormalized ? matrices : 0,
      // The state before each step is an operand too.
      recomputedBytes: width * (kept + (1 + gradients) * types.operand),
      trainingBytes: width * (types.operand + 4), evaluationBytes: 4 * width,
      workspaceBytes: types.isWidened ? 4 * (256 * (blocks + 1) * width + 2 * panel) : 0)
  }
}

/// The extent of one pass over a batch: steps, rows, and where states are reset.
struct SequencePass {
  /// Time steps, T.
  var steps: Int
  /// Rows of the batch, B.
  var rows: Int
  /// 1 at `t·B + b` where row b starts step t from zero; `nil` for nowhere.
  var resetMask: [Float]?
  /// Whether the cell states of all steps are wanted.
  var collectsCells: Bool
}
