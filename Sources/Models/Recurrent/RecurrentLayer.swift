import Tensors

/// One recurrent layer: its parameters, and how they enter the sequence operation.
///
/// Shapes with input width I, H hidden units and G gate blocks: `w_ih [G·H, I]`, `w_hh [G·H, H]`, `b_ih` and `b_hh
/// [G·H]`; a multiplicative cell adds `w_mih [H, I]` and `w_mhh [H, H]`.
final class RecurrentLayer {
  private let kind: CellKind
  private let inputWeight: Weight
  private let hiddenWeight: Weight
  private let inputBias: Parameter
  private let hiddenBias: Parameter
  private let multiplierInputWeight: Weight?
  private let multiplierHiddenWeight: Weight?

  init(prefix: String, kind: CellKind, inputSize: Int, hiddenSize: Int, isNormalized: Bool) {
    self.kind = kind
    let gateRows = kind.gateBlocks * hiddenSize
    inputWeight = Weight(name: prefix + "w_ih", shape: [gateRows, inputSize], isNormalized: isNormalized)
    hiddenWeight = Weight(name: prefix + "w_hh", shape: [gateRows, hiddenSize], isNormalized: isNormalized)
    inputBias = Parameter(name: prefix + "b_ih", shape: [gateRows])
    hiddenBias = Parameter(name: prefix + "b_hh", shape: [gateRows])
    multiplierInputWeight =
      kind.isMultiplicative
      ? Weight(name: prefix + "w_mih", shape: [hiddenSize, inputSize], isNormalized: isNormalized) : nil
    multiplierHiddenWeight =
      kind.isMultiplicative
      ? Weight(name: prefix + "w_mhh", shape: [hiddenSize, hiddenSize], isNormalized: isNormalized) : nil
  }

  private var weights: [Weight] {
    [inputWeight, hiddenWeight] + [multiplierInputWeight, multiplierHiddenWeight].compactMap { $0 }
  }

  /// All parameters in the order of optimizer states: biases behind `w_hh`, or first when the matrices are normalised.
  var parameters: [Parameter] {
    let biases = [inputBias, hiddenBias]
    let matrices = weights.map(\.parameters)
    return inputWeight.isNormalized
      ? biases + matrices.flatMap { $0 } : matrices[..<2].flatMap { $0 } + biases + matrices[2...].flatMap { $0 }
  }

  /// The matrices, weight normalisation carried out; computed anew and not kept.
  var matrices: [Tensor] { weights.map(\.matrix) }

  /// Elements of the matrices and biases, not counting gains.
  var elementCount: Int {
    weights.reduce(inputBias.variable.value.count + hiddenBias.variable.value.count) { $0 + $1.elementCount }
  }

  /// Draws all parameters, biases included, uniformly from [−bound, bound].
  func initialize(bound: Float, using generator: inout SeededGenerator) {
    for weight in weights {
      guard let shape = weight.parameters.last?.shape else { continue }
      let values = Tensor(uninitialized: shape)
      values.fillUniform(bound: bound, using: &generator)
      weight.set(values)
    }
    for bias in [inputBias, hiddenBias] {
      bias.variable.update { $0.fillUniform(bound: bound, using: &generator) }
    }
  }

  /// Runs a sequence whose input is one row for each (step, row of the batch).
  func run(_ x: Variable, _ pass: SequencePass, state: LayerState, on tape: Tape) -> SequenceOutput {
    let input = SequenceInput(
      gates: linear(x, weight: inputWeight.effective(on: tape), bias: inputBias.variable, on: tape),
      multiplier: multiplierInputWeight.map { linear(x, weight: $0.effective(on: tape), bias: nil, on: tape) },
      tokens: nil)
    return run(input, pass, state: state, on: tape)
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
    func compute() -> SequenceInput {
      SequenceInput(
        gates: linear(embedding, weight: inputWeight.effective(on: tape), bias: inputBias.variable, on: tape),
        multiplier: multiplierInputWeight.map {
          linear(embedding, weight: $0.effective(on: tape), bias: nil, on: tape)
        }, tokens: nil)
    }
    let sources =
      ([inputWeight] + (multiplierInputWeight.map { [$0] } ?? [])).flatMap { $0.parameters.map(\.variable) } + [
        embedding
      ]
    if tape.records(sources + [inputBias.variable]) { return compute() }
    return inputBias.variable.derived(TableKey(type: tape.operandType), for: tape.engine, with: sources, make: compute)
  }

  private func run(_ input: SequenceInput, _ pass: SequencePass, state: LayerState, on tape: Tape) -> SequenceOutput {
    let sequence = RecurrentSequence(
      kind: kind,
      weights: RecurrentWeights(
        hidden: hiddenWeight.effective(on: tape), hiddenBias: hiddenBias.variable,
        multiplier: multiplierHiddenWeight?.effective(on: tape)),
      input: input, pass: pass, on: tape)
    return sequence.forward(from: state, on: tape)
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
