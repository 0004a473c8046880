import Checkpoints
import Corpora
import Models
import Tensors

/// A classifier on the features of whatever model encodes the texts: texts in, probabilities out.
public final class TextClassifier {
  /// What a caller may have otherwise than the classifier's file says.
  public struct Settings: Sendable {
    /// How text is cleaned; `nil` for what the classifier was made with.
    public var cleaning: CleaningMethod?
    /// Tokens of a text that are read; `nil` for what the classifier was made with.
    public var maximumLength: Int?
    /// Times a text is read beforehand, by models that keep a state; `nil` for what the classifier was made with.
    public var warmupPasses: Int?
    /// Keeps only this many of the largest weights; `nil` for all.
    public var keptNeurons: Int?
    /// Texts side by side.
    public var batchSize = 128

    /// Everything as the file says.
    public init() {}
  }

  /// Names of the classes.
  public let labels: [String]
  /// A decision is yes above this, one a class.
  public let thresholds: [Double]
  /// How text is cleaned.
  public let cleaning: CleaningMethod
  /// What the labels 0 and 1 were called when the classifier was made; `nil` when they were numbers.
  public let classNames: [String]?
  /// Which labels became which class when the classifier was made; `nil` when they were taken as they were.
  public let labelMap: LabelMap?
  /// Whether all weights are zero, so that every text gets the same answer.
  public let readsNothing: Bool
  /// What the precision does to the weights; `nil` in float32.
  public let precisionReport: PrecisionReport?

  private let tokenizer: any Tokenizer
  private let extractor: FeatureExtractor
  private let head: LinearClassifier

  /// Puts a classifier together.
  ///
  /// - Parameters:
  ///   - head: reads the encoder's features.
  ///   - card: what the classifier's file says of it.
  ///   - cleaning: how the model's texts were cleaned.
  /// - Throws: `ModelError` for a batch of nothing, ``AnalysisError/columnCount(what:expected:found:)`` for an encoder of
  ///   another width than the classifier reads.
  public init(
    encoder: any TextEncoder, head: LinearClassifier, card: ModelCard.Classifier, tokenizer: any Tokenizer,
    cleaning: CleaningMethod, settings: Settings = Settings()
  ) throws {
    guard settings.batchSize > 0 else {
      throw ModelError.sizeNotPositive(name: "the batch size", value: settings.batchSize)
    }
    guard encoder.featureWidth == head.featureCount else {
      throw AnalysisError.columnCount(
        what: "features", expected: head.featureCount, found: encoder.featureWidth)
    }
    labels = card.labels
    thresholds = card.thresholds
    classNames = card.classNames
    labelMap = card.labelMap
    self.cleaning = settings.cleaning ?? cleaning
    self.tokenizer = tokenizer
    self.head = settings.keptNeurons.map(head.keepingLargest) ?? head
    readsNothing = head.weight.values.allSatisfy { $0 == 0 }
    precisionReport = encoder.precisionReport
    extractor = FeatureExtractor(
      encoder, rows: settings.batchSize, maximumLength: settings.maximumLength ?? card.maximumLength)
  }

  /// Probabilities of the classes for each text, in the order of the texts.
  public func probabilities(
    of texts: TextStore, observe: (FeatureExtractor.Progress) throws -> Void = { _ in }
  ) throws -> [[Float]] {
    var probabilities = [[Float]](repeating: [], count: texts.count)
    try extractor.extract(
      from: CleanedTexts(texts, cleaning: cleaning, tokenizer: tokenizer), observe: observe
    ) { text, features in
      probabilities[text] = head.probabilities(of: Tensor(features, shape: [1, features.count]))[0]
    }
    return probabilities
  }

  /// Whether each class's probability is above its threshold.
  public func decisions(_ probabilities: [Float]) -> [Bool] {
    zip(probabilities, thresholds).map { Double($0) > $1 }
  }
}
