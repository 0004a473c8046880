import Tensors

/// A left-to-right recurrent language model: embedding, recurrent layers, decoder.
///
/// `e = dropout(embedding[tokens])`, `y = layers(e)`, `logits = dropout(y) W_decᵀ + b_dec`. Time-major: token of step t in
/// row b is at `t·B + b`.
public final class LanguageModel: Module {
  /// The architecture.
  public let configuration: LanguageModelConfiguration

  private let embedding: Embedding
  private let decoder: Linear
  private let layers: [RecurrentLayer]

  /// Builds a model of zeros; see ``initialize(seed:)``.
  ///
  /// - Throws: ``ModelError`` when a size is not positive, or when tying widths that differ.
  public init(_ configuration: LanguageModelConfiguration) throws {
    try Self.validate(configuration)
    self.configuration = configuration
    let vocabulary = configuration.vocabularySize
    embedding = Embedding(count: vocabulary, width: configuration.embeddingSize)
    decoder = Linear(
      from: configuration.hiddenSize, to: vocabulary, sharing: configuration.isTied ? embedding.weight : nil)
    layers = (0..<configuration.layerCount).map { RecurrentLayer(configuration.layer($0)) }
  }

  private static func validate(_ configuration: LanguageModelConfiguration) throws {
    let sizes = [
      ("the vocabulary", configuration.vocabularySize), ("the embedding size", configuration.embeddingSize),
      ("the number of hidden units", configuration.hiddenSize), ("the number of layers", configuration.layerCount),
    ]
    for (name, value) in sizes where value < 1 { throw ModelError.sizeNotPositive(name: name, value: value) }
    if configuration.isTied && configuration.embeddingSize != configuration.hiddenSize {
      throw ModelError.tiedWidthsDiffer(
        embeddingSize: configuration.embeddingSize, hiddenSize: configuration.hiddenSize)
    }
    guard configuration.dropout >= 0, configuration.dropout < 1 else {
      throw ModelError.dropoutOutOfRange(configuration.dropout)
    }
  }

  /// In the order of optimizer states: embedding, decoder, then layer by layer.
  public var members: [ModuleMember] {
    [.module("embedding", embedding), .module("decoder", decoder), .modules("layers", layers)]
  }

  /// The matrices that states are multiplied by, weight normalisation carried out.
  var weightMatrices: [Tensor] { [decoder.weight.variable.value] + layers.flatMap(\.matrices) }

  /// Draws the initial values: embedding normal with deviation 1; layers and decoder weight uniform on ±1/√H; decoder
  /// bias 0; gains such that normalisation changes nothing.
  public func initialize(seed: UInt64) {
    var generator = RandomStreams(seed: seed).generator(of: .initialValues)
    let bound = 1 / Float(configuration.hiddenSize).squareRoot()
    embedding.weight.variable.update { $0.fillNormal(standardDeviation: 1, using: &generator) }
    if !configuration.isTied { decoder.weight.variable.update { $0.fillUniform(bound: bound, using: &generator) } }
    decoder.bias.variable.update { $0.fill(0) }
    for layer in layers { layer.initialize(bound: bound, using: &generator) }
  }

  /// Scores of the next token after each input token.
  ///
  /// - Parameters:
  ///   - tokens: T·B token ids in `0 ..< V`, time-major.
  ///   - rows: texts side by side, B.
  ///   - resetMask: 1 where the state is zeroed before a token; `nil` for nowhere.
  ///   - state: state before the first token; cut from the graph.
  ///   - dropoutKey: names this pass's dropout masks; the same key repeats them.
  /// - Returns: logits `[T·B, V]` and the state after the last token.
  public func logits(
    tokens: [Int32], rows: Int, resetMask: [Float]?, state: RecurrentState, dropoutKey: UInt64 = 0, on tape: Tape
  ) -> (logits: Variable, state: RecurrentState) {
    let encoded = encode(
      tokens: tokens, rows: rows, resetMask: resetMask, state: state, collectingCells: false, dropoutKey: dropoutKey,
      on: tape)
    var keys = RandomStreams(seed: dropoutKey).generator(of: .outputDropout)
    let top = dropout(
      encoded.hidden, probability: Float(configuration.dropout), key: keys.next(), on: tape)
    return (decoder(top, on: tape), encoded.state)
  }

  /// Scores of the next token from rows of the top layer's hidden state, `[rows, H]` to `[rows, V]`.
  public func decode(_ hidden: Tensor, engine: Engine) -> Tensor {
    decoder(Variable(hidden, requiresGradient: false), on: Tape(engine, recording: false)).value
  }

  /// Hidden and cell states of every layer after every token, without recording.
  public func encode(
    tokens: [Int32], rows: Int, resetMask: [Float]?, state: RecurrentState, engine: Engine
  ) -> (layers: [LayerState], state: RecurrentState) {
    let encoded = encode(
      tokens: tokens, rows: rows, resetMask: resetMask, state: state, collectingCells: true, dropoutKey: 0,
      on: Tape(engine, recording: false))
    return (encoded.layers, encoded.state)
  }

  private struct Encoded {
    var hidden: Variable
    var layers: [LayerState]
    var state: RecurrentState
  }

  private func encode(
    tokens: [Int32], rows: Int, resetMask: [Float]?, state: RecurrentState, collectingCells: Bool, dropoutKey: UInt64,
    on tape: Tape
  ) -> Encoded {
    precondition(rows > 0 && tokens.count % rows == 0, "\(tokens.count) tokens for \(rows) rows")
    precondition(state.layers.count == layers.count, "a state of \(state.layers.count) layers for \(layers.count)")
    let pass = SequencePass(
      steps: tokens.count / rows, rows: rows, resetMask: resetMask, collectsCells: collectingCells)
    var states: [LayerState] = []
    var outputs: [LayerState] = []
    var top: Variable?
    for (index, layer) in layers.enumerated() {
      let output: SequenceOutput
      if let below = top {
        output = layer.run(below, pass, state: state.layers[index], on: tape)
      } else if readsTables(tokenCount: tokens.count, on: tape) {
        output = layer.run(tokens: tokens, of: embedding.weight.variable, pass, state: state.layers[index], on: tape)
      } else {
        var keys = RandomStreams(seed: dropoutKey).generator(of: .embeddingDropout)
        let embedded = dropout(
          embedding(tokens, on: tape), probability: Float(configuration.dropout),
          key: keys.next(), on: tape)
        output = layer.run(embedded, pass, state: state.layers[index], on: tape)
      }
      top = output.hidden
      states.append(output.state)
      outputs.append(LayerState(hidden: output.hidden.value, cell: output.cell))
    }
    guard let top else { preconditionFailure("a model without layers") }
    return Encoded(hidden: top, layers: outputs, state: RecurrentState(layers: states))
  }

  /// Whether the input products are computed for the whole vocabulary instead of for each token.
  ///
  /// That costs less when there are fewer rows in it, and in evaluation it is computed once for all batches. Dropout
  /// needs a row of its own for each token.
  private func readsTables(tokenCount: Int, on tape: Tape) -> Bool {
    if tape.isTraining, configuration.dropout > 0 { return false }
    if configuration.vocabularySize <= tokenCount { return true }
    return !tape.isRecording && configuration.vocabularySize <= 4096
  }
}
