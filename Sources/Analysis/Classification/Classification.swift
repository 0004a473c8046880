import Checkpoints
import Corpora
import Foundation
import Models
import Tensors

/// Everything a classification of files needs to know.
public struct ClassificationConfiguration: Sendable {
  /// The classifier's file.
  public var load = ""
  /// Files of texts.
  public var data: [String] = []
  /// How they are read.
  public var reading = ReadingOptions(labelKeys: ["label"], labels: .optional)
  /// How text is cleaned; `nil` for what the classifier was made with.
  public var cleaning: CleaningMethod?
  /// Tokens of a text that are read; `nil` for what the classifier was made with.
  public var maximumLength: Int?
  /// Times a text is read beforehand; `nil` for what the classifier was made with.
  public var warmupPasses: Int?
  /// Keeps only this many of the largest weights; `nil` for all.
  public var keptNeurons: Int?
  /// Texts side by side.
  public var batchSize = 128
  /// Where the probabilities go, as `.npy`.
  public var probabilitiesPath = "clf_results.npy"
  /// Where a table goes.
  public var tablePath: String?
  /// The element type of weights and operands.
  public var precision = Precision.float32
  /// The matrix library.
  public var backend = MatrixBackendKind.oneDNN
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A classification with all defaults and no data.
  public init() {}

  /// Where the decisions go: beside the probabilities, ending in `.pred.npy`.
  public var decisionsPath: String {
    (probabilitiesPath.hasSuffix(".npy") ? String(probabilitiesPath.dropLast(4)) : probabilitiesPath) + ".pred.npy"
  }
}

/// What a classification found.
public struct ClassificationResult: Sendable {
  /// Texts classified.
  public var rows: Int
  /// Seconds for features and probabilities.
  public var seconds: Double
  /// Names of the classes.
  public var labels: [String]
  /// Share of right decisions for each class, when labels are known.
  public var accuracies: [Double]?
  /// What the labels 0 and 1 were called when the classifier was made; `nil` when they were numbers.
  public var classNames: [String]?
  /// Probabilities, one row a text.
  public var probabilities: [[Float]]
  /// What was read and skipped.
  public var summary: ReadingSummary
  /// What the precision does to the weights; `nil` in float32.
  public var precision: PrecisionReport?
}

/// A loaded classifier: texts in, probabilities out.
public final class TextClassifier {
  /// Names of the classes.
  public let labels: [String]
  /// A decision is yes above this, one a class.
  public let thresholds: [Double]
  /// How text is cleaned.
  public let cleaning: CleaningMethod
  /// What the labels 0 and 1 were called when the classifier was made; `nil` when they were numbers.
  public let classNames: [String]?

  /// What the precision does to the weights; `nil` in float32.
  public let precisionReport: PrecisionReport?

  private let tokenizer: any Tokenizer
  private let extractor: FeatureExtractor
  private let head: LinearClassifier

  /// Loads the classifier of a file.
  ///
  /// - Throws: `CheckpointError` when the file cannot be used or holds no classifier.
  public init(_ configuration: ClassificationConfiguration) throws {
    let stored = try ModelFile.read(configuration.load)
    guard let head = stored.head, let card = stored.card.classifier else {
      throw CheckpointError.notACheckpoint(
        path: configuration.load,
        reason: "it is a language model without a classifier; make one of it with transfer --load \(configuration.load)"
      )
    }
    labels = card.labels
    thresholds = card.thresholds
    classNames = card.classNames
    cleaning = configuration.cleaning ?? stored.card.cleaning
    tokenizer = stored.tokenizer
    self.head = configuration.keptNeurons.map(head.keepingLargest) ?? head
    let engine = Engine(
      configuration.backend, threads: configuration.threads, precision: configuration.precision)
    precisionReport = stored.model.precisionReport(for: engine)
    extractor = FeatureExtractor(
      model: stored.model, selection: card.features, rows: configuration.batchSize,
      maximumLength: configuration.maximumLength ?? card.maximumLength,
      warmupPasses: configuration.warmupPasses ?? card.warmupPasses, engine: engine)
  }

  /// Probabilities of the classes for each text, in the order of the texts.
  public func probabilities(
    of texts: TextStore, observe: (FeatureExtractor.Progress) throws -> Void = { _ in }
  ) throws -> [[Float]] {
    let features = try extractor.features(
      of: CleanedTexts(texts, cleaning: cleaning, tokenizer: tokenizer), observe: observe)
    return head.probabilities(of: Tensor(features.values, shape: [features.rows, features.columns]))
  }

  /// Whether each class's probability is above its threshold.
  public func decisions(_ probabilities: [Float]) -> [Bool] {
    zip(probabilities, thresholds).map { Double($0) > $1 }
  }
}

/// Classifies files of texts and writes probabilities, decisions and a table.
public struct Classification {
  let configuration: ClassificationConfiguration

  /// Prepares a classification; nothing is read yet.
  public init(_ configuration: ClassificationConfiguration) {
    self.configuration = configuration
  }

  /// Reads, classifies and writes.
  ///
  /// - Parameter observe: is told how far it is; what it throws ends the run.
  /// - Throws: `CorpusError` for the texts, `CheckpointError` for the classifier and for files that cannot be written.
  public func run(observe: (FeatureExtractor.Progress) throws -> Void = { _ in }) throws -> ClassificationResult {
    let classifier = try TextClassifier(configuration)
    for path in [configuration.probabilitiesPath, configuration.tablePath].compactMap({ $0 }) {
      try AtomicFile.ensureWritableFolder(for: path)
    }
    let corpus = try CorpusReader.read(configuration.data, options: reading(for: classifier))
    let start = ContinuousClock.now
    let probabilities = try classifier.probabilities(of: corpus.texts, observe: observe)
    let seconds = start.duration(to: .now) / .seconds(1)
    try writeArrays(probabilities, classifier)
    if let path = configuration.tablePath { try writeTable(to: path, corpus, probabilities, classifier) }
    return ClassificationResult(
      rows: corpus.count, seconds: seconds, labels: classifier.labels,
      accuracies: try accuracies(corpus.labels, probabilities, classifier), classNames: classifier.classNames,
      probabilities: probabilities, summary: corpus.summary, precision: classifier.precisionReport)
  }

  /// How texts are read for a classifier: names of labels mean what they meant when it was made.
  func reading(for classifier: TextClassifier) -> ReadingOptions {
    var reading = configuration.reading
    reading.classes = classifier.classNames.map { .known([$0]) } ?? .numbers
    return reading
  }

  func writeArrays(_ probabilities: [[Float]], _ classifier: TextClassifier) throws {
    let shape = [probabilities.count, classifier.labels.count]
    try NumpyFile.write(float32: probabilities.flatMap { $0 }, shape: shape, to: configuration.probabilitiesPath)
    let decisions = probabilities.flatMap { classifier.decisions($0).map { $0 ? Float(1) : 0 } }
    try NumpyFile.write(float32: decisions, shape: shape, to: configuration.decisionsPath)
  }

  private func writeTable(
    to path: String, _ corpus: Corpus, _ probabilities: [[Float]], _ classifier: TextClassifier
  ) throws {
    let isLabelled = corpus.hasKnownLabels || corpus.hasLabelColumns || configuration.reading.labels == .required
    var table = try PredictionTable(
      idKey: configuration.reading.idKey,
      keys: tableKeys(classifier, labelled: isLabelled, textName: corpus.textName), like: corpus.format)
    for row in 0..<corpus.count {
      table.append(
        tableRow(
          corpus.labels(at: row), probabilities[row], corpus.texts[row], classifier, labelled: isLabelled),
        id: corpus.identifiers?[row])
    }
    try AtomicFile.write(table.finish(), to: path)
  }

  /// Columns of a table: the true labels if there are any, a decision and a probability for each class, the text.
  func tableKeys(_ classifier: TextClassifier, labelled: Bool, textName: String?) -> [String] {
    (labelled ? configuration.reading.labelKeys : [])
      + classifier.labels.flatMap { ["\($0) pred", "\($0) prob"] } + [textName ?? configuration.reading.textKey]
  }

  func tableRow(
    _ labels: [Float], _ probabilities: [Float], _ text: ArraySlice<UInt8>, _ classifier: TextClassifier, labelled: Bool
  ) -> [OutputValue] {
    let known = configuration.reading.labelKeys.indices.map { column in
      OutputValue.label(
        column < labels.count ? labels[column] : nil, names: column == 0 ? classifier.classNames : nil)
    }
    let predictions = zip(classifier.decisions(probabilities), probabilities).flatMap {
      [OutputValue.label($0 ? 1 : 0, names: classifier.classNames), .float($1)]
    }
    return (labelled ? known : []) + predictions + [.bytes(text)]
  }

  /// Accuracy of each class over the rows whose label is known; `nil` when none is.
  func accuracies(
    _ labels: [[Float]], _ probabilities: [[Float]], _ classifier: TextClassifier
  ) throws -> [Double]? {
    guard labels.count == classifier.labels.count else { return nil }
    let values = try labels.enumerated().map { column, labels in
      let known = labels.indices.filter { labels[$0] != -1 }
      return known.isEmpty
        ? nil
        : ClassificationMetric.accuracy.value(
          of: try ClassificationCounts(
            labels: known.map { Double(labels[$0]) }, scores: known.map { Double(probabilities[$0][column]) },
            threshold: classifier.thresholds[column]))
    }
    let found = values.compactMap { $0 }
    return found.count == values.count && !found.isEmpty ? found : nil
  }
}
