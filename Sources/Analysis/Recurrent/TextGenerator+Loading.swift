import Checkpoints
import Models
import Tensors

extension TextGenerator {
  /// Loads the model that the configuration names.
  ///
  /// - Throws: `CheckpointError` for the file; ``AnalysisError`` when a neuron is needed and none is known or it is out of range.
  public convenience init(_ configuration: GenerationConfiguration) throws {
    let stored = try ModelFile.read(configuration.load, needsDecoder: true)
    let engine = Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision)
    try self.init(
      configuration, scorer: RecurrentScorer(stored.model, engine: engine), tokenizer: stored.tokenizer,
      neuronWeights: stored.neuronWeights)
  }
}

extension StoredModel {
  /// What the classifier makes of each neuron of the top layer: the sum of its weights on the state and its pools.
  ///
  /// Empty when the file has no classifier.
  fileprivate var neuronWeights: [Float] {
    guard let head, let features = card.classifier?.features else { return [] }
    let weights = head.weight.values
    return (0..<model.configuration.hiddenSize).map { neuron in
      features.columns(ofNeuron: neuron, in: model.configuration).reduce(0) { $0 + weights[$1] }
    }
  }
}
