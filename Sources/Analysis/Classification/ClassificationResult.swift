import Corpora
import Models

/// What a classification found.
public struct ClassificationResult: Sendable {
  /// Texts classified.
  public var rows: Int
  /// Seconds for features and probabilities.
  public var seconds: Double
  /// Names of the classes.
  public var labels: [String]
  /// How the decisions agree with the labels.
  public var score: LabelScore
  /// What the labels 0 and 1 were called when the classifier was made; `nil` when they were numbers.
  public var classNames: [String]?
  /// What was read and skipped.
  public var summary: ReadingSummary
  /// What the precision does to the weights; `nil` in float32.
  public var precision: PrecisionReport?
}
