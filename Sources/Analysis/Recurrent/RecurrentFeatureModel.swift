import Checkpoints
import Configuration
import Corpora
import Models
import Tensors

/// A recurrent language model to fit a classifier to: one from a file, or one of random weights for comparison.
public struct RecurrentFeatureModel: FeatureModel {
  /// Texts to vectors.
  public let encoder: any TextEncoder
  /// Cleaned text to tokens.
  public let tokenizer: any Tokenizer
  /// How text is cleaned.
  public let cleaning: CleaningMethod

  private let model: LanguageModel
  private let selection: FeatureSelection
  private let warmupPasses: Int
  private let training: ModelCard.TrainingRecord?
  private let configuration: SettingValue

  /// Reads or draws the model that a configuration names.
  ///
  /// - Throws: `CheckpointError` for the file, `ModelError` for an architecture that cannot be or does not fit into memory.
  public init(_ configuration: TransferConfiguration) throws {
    let stored = try configuration.load.map { try ModelFile.read($0) }
    model = try stored?.model ?? Self.untrained(configuration)
    tokenizer = stored?.tokenizer ?? CharacterTokenizer()
    cleaning = configuration.cleaning ?? stored?.card.cleaning ?? .processString
    training = stored?.card.training
    var record = configuration
    record.cleaning = cleaning
    record.architecture = model.configuration
    record.threads = nil
    self.configuration = try record.settings
    selection = configuration.features
    warmupPasses = configuration.warmupPasses
    encoder = RecurrentTextEncoder(
      model, selection, warmupPasses: warmupPasses,
      engine: Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision))
  }

  private static func untrained(_ configuration: TransferConfiguration) throws -> LanguageModel {
    var architecture = configuration.architecture
    architecture.usesWeightNormalization = false
    try MemoryEstimate(evaluating: architecture, rows: 1, steps: 1).requireFits()
    let model = try LanguageModel(architecture)
    model.initialize(seed: UInt64(configuration.seed))
    return model
  }

  /// Writes encoder, decoder and classifier together.
  public func write(_ head: LinearClassifier, _ fit: ClassifierFit, halfPrecision: Bool, to path: String) throws {
    let card = ModelCard(
      kind: .classifier, architecture: .recurrent(model.configuration), cleaning: cleaning, training: training,
      classifier: ModelCard.Classifier(
        labels: fit.labels, thresholds: [0.5], features: selection, maximumLength: fit.maximumLength,
        warmupPasses: warmupPasses, regularization: fit.regularization, topNeurons: fit.topNeurons, scores: fit.scores,
        classNames: fit.classNames, labelMap: fit.labelMap),
      configuration: configuration)
    try ModelFile.write(model, head: head, card: card, tokenizer: tokenizer, halfPrecision: halfPrecision, to: path)
  }
}
