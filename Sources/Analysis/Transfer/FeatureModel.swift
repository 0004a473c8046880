import Checkpoints
import Corpora
import Models

/// A model that a classifier can be fitted to, with what belongs to it in its file: all that a transfer knows of one.
public protocol FeatureModel {
  /// Texts to vectors.
  var encoder: any TextEncoder { get }
  /// Cleaned text to tokens.
  var tokenizer: any Tokenizer { get }
  /// How text is cleaned.
  var cleaning: CleaningMethod { get }

  /// Writes the model and a classifier on its features as one file, from which ``TextClassifier`` is read.
  ///
  /// - Parameter halfPrecision: whether arrays are stored rounded to float16.
  /// - Throws: `FileError.writeFailed`.
  func write(_ head: LinearClassifier, _ fit: ClassifierFit, halfPrecision: Bool, to path: String) throws
}

/// What a classifier's file says of how it was fitted, whatever model it was fitted to.
public struct ClassifierFit {
  /// Names of the classes.
  public var labels: [String]
  /// Tokens of a text that are read; `nil` for all.
  public var maximumLength: Int?
  /// Inverse regularisation C.
  public var regularization: Double
  /// Strongest features, strongest first.
  public var topNeurons: [Int]
  /// Scores by the name of their split, as fractions of 1.
  public var scores: [String: Double]
  /// What the labels 0 and 1 were called; `nil` when they were numbers.
  public var classNames: [String]?
  /// Which labels became which class; `nil` when they were taken as they were.
  public var labelMap: LabelMap?
}
