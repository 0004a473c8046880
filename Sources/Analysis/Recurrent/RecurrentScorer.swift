import Models
import Tensors

/// Scores of a recurrent language model, one token at a time.
public struct RecurrentScorer: NextTokenScorer {
  private let model: LanguageModel
  private let engine: Engine

  /// A scorer that computes with `engine`.
  public init(_ model: LanguageModel, engine: Engine) {
    self.model = model
    self.engine = engine
  }

  /// What the engine's precision does to the weights; `nil` in float32.
  public var precisionReport: PrecisionReport? { model.precisionReport(for: engine) }

  /// The units of the top layer.
  public var neurons: (any NeuronAccess<RecurrentState>)? { TopLayerNeurons(count: model.configuration.hiddenSize) }

  /// Zeros.
  public func start() -> RecurrentState { RecurrentState(zerosFor: 1, configuration: model.configuration) }

  /// Runs one step of all layers and the decoder.
  public func advance(_ state: inout RecurrentState, by token: Int32) -> [Float] {
    state = model.encode(tokens: [token], rows: 1, resetMask: nil, state: state, engine: engine).state
    return model.decode(state.layers[state.layers.count - 1].hidden, engine: engine).values
  }
}

/// The units of the top layer: watched in the cell state, held in the hidden state.
private struct TopLayerNeurons: NeuronAccess {
  let count: Int

  /// The cell state, or the hidden state of cells that have none.
  func value(of neuron: Int, in state: RecurrentState) -> Float {
    let layer = state.layers[state.layers.count - 1]
    return (layer.cell ?? layer.hidden).withUnsafeElements { $0[neuron] }
  }

  func hold(_ neuron: Int, at value: Float, in state: inout RecurrentState) {
    // A state of its own: one that was kept before must not change with it.
    let hidden = state.layers[state.layers.count - 1].hidden.copied()
    hidden.withUnsafeMutableElements { $0[neuron] = value }
    state.layers[state.layers.count - 1].hidden = hidden
  }
}
