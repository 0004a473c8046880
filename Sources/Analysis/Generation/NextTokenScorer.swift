import Models

/// Scores what token comes next: all that a generator knows of a model.
///
/// What the model remembers of the tokens so far is a value, so that a caller may keep one and go on from it twice.
public protocol NextTokenScorer {
  /// What is remembered of the tokens so far.
  associatedtype State

  /// What the precision of the scorer's engine does to the weights; `nil` in float32.
  var precisionReport: PrecisionReport? { get }

  /// The neurons that can be watched and held; `nil` for a model that has no such thing.
  var neurons: (any NeuronAccess<State>)? { get }

  /// The state before the first token.
  func start() -> State

  /// Reads a token and returns a score for each token of the vocabulary that may follow: logits, which need not add up to
  /// anything.
  func advance(_ state: inout State, by token: Int32) -> [Float]
}

/// Reaches into a scorer's state, for a model whose state has single numbers with a meaning.
public protocol NeuronAccess<State> {
  /// The state of the scorer.
  associatedtype State

  /// Neurons, numbered from 0.
  var count: Int { get }

  /// What a neuron has gathered of the text so far.
  func value(of neuron: Int, in state: State) -> Float

  /// Forces a neuron's output, so that it acts on the next token; what it has gathered stays.
  func hold(_ neuron: Int, at value: Float, in state: inout State)
}
