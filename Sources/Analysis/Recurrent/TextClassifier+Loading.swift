import Checkpoints
import Models
import Tensors

extension TextClassifier {
  /// Loads the classifier of a file.
  ///
  /// - Throws: `CheckpointError` when the file cannot be used, ``AnalysisError/noClassifier(path:)`` when it holds none,
  ///   `ModelError` for a batch of nothing.
  public convenience init(path: String, engine: Engine, settings: Settings = Settings()) throws {
    let stored = try ModelFile.read(path)
    guard let head = stored.head, let card = stored.card.classifier else {
      throw AnalysisError.noClassifier(path: path)
    }
    try self.init(
      encoder: RecurrentTextEncoder(
        stored.model, card.features, warmupPasses: settings.warmupPasses ?? card.warmupPasses, engine: engine),
      head: head, card: card, tokenizer: stored.tokenizer, cleaning: stored.card.cleaning, settings: settings)
  }
}
