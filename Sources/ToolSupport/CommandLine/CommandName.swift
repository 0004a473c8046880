/// The commands of this package, by the name a user types.
public enum CommandName: String, Sendable, CaseIterable, CustomStringConvertible {
  /// Trains a language model on text.
  case pretrain
  /// Turns labelled text into features and fits a logistic regression on them.
  case transfer
  /// Applies a trained classifier to a file.
  case runClassifier = "run-classifier"
  /// Samples text from a language model.
  case generate
  /// Small jobs as subcommands.
  case sentimentTools = "sentiment-tools"

  /// The name as typed.
  public var description: String { rawValue }
}
