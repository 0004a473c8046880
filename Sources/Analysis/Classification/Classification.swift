import Checkpoints
import Corpora
import Files
import Formats
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
  /// Whether labels are mapped as those were that the classifier was made of, when ``reading`` has no map.
  public var usesRecordedLabelMap = true
  /// Texts side by side.
  public var batchSize = 128
  /// Where the probabilities go, as `.npy`.
  public var probabilitiesPath = "clf_results.npy"
  /// Where a table goes.
  public var tablePath: String?
  /// The element type of weights and operands.
  public var precision = Precision.float32
  /// The matrix library.
  public var backend = MatrixBackendKind.automatic
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A classification with all defaults and no data.
  public init() {}

  /// Whether there is a place for the decisions.
  public var writesDecisions: Bool { !AtomicFile.isStream(probabilitiesPath) }

  /// Where the decisions go: beside the probabilities, ending in `.pred.npy`; nowhere when these go to a pipe or a
  /// device, beside which no file can lie.
  public var decisionsPath: String {
    guard writesDecisions else { return "/dev/null" }
    return (probabilitiesPath.hasSuffix(".npy") ? String(probabilitiesPath.dropLast(4)) : probabilitiesPath)
      + ".pred.npy"
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
  /// How the decisions agree with the labels.
  public var score: LabelScore
  /// What the labels 0 and 1 were called when the classifier was made; `nil` when they were numbers.
  public var classNames: [String]?
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
  /// Which labels became which class when the classifier was made; `nil` when they were taken as they were.
  public let labelMap: LabelMap?
  /// Whether all weights are zero, so that every text gets the same answer.
  public let readsNothing: Bool

  /// What the precision does to the weights; `nil` in float32.
  public let precisionReport: PrecisionReport?

  private let tokenizer: any Tokenizer
  private let extractor: FeatureExtractor
  private let head: LinearClassifier

  /// Loads the classifier of a file.
  ///
  /// - Throws: `CheckpointError` when the file cannot be used or holds no classifier; `ModelError` for a batch of nothing.
  public init(_ configuration: ClassificationConfiguration) throws {
    guard configuration.batchSize > 0 else {
      throw ModelError.sizeNotPositive(name: "the batch size", value: configuration.batchSize)
    }
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
    labelMap = card.labelMap
    cleaning = configuration.cleaning ?? stored.card.cleaning
    tokenizer = stored.tokenizer
    self.head = configuration.keptNeurons.map(head.keepingLargest) ?? head
    readsNothing = head.weight.values.allSatisfy { $0 == 0 }
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

/// Classifies files of texts and writes probabilities, decisions and a table.
public struct Classification {
  let configuration: ClassificationConfiguration

  /// Prepares a classification; nothing is read yet.
  public init(_ configuration: ClassificationConfiguration) {
    self.configuration = configuration
  }

  /// What is known once everything was checked and before the first text is answered.
  public struct Plan: Sendable {
    /// Rows that will be answered, their labels, and what was left out.
    public var survey: CorpusSurvey
    /// Why the labels will not be compared with the answers; `nil` when they will, or when there are none.
    public var refusal: String?
    /// Whether the classifier reads no feature, so that every text gets the same answer.
    public var readsNothing: Bool
  }

  /// Reads, classifies and writes.
  ///
  /// Files are read twice, once to check them and count their rows and once to answer; neither texts nor features nor
  /// answers are kept.
  ///
  /// - Parameters:
  ///   - begin: is told the plan; what it throws ends the run before the work.
  ///   - observe: is told how far it is; what it throws ends the run.
  /// - Throws: `CorpusError` for the texts, `CheckpointError` for the classifier and for files that cannot be written,
  ///   ``AnalysisError/textsChanged(expected:found:)`` for files that change meanwhile.
  public func run(
    begin: (Plan) throws -> Void = { _ in }, observe: (FeatureExtractor.Progress) throws -> Void = { _ in }
  ) throws -> ClassificationResult {
    let classifier = try TextClassifier(configuration)
    for path in [configuration.probabilitiesPath, configuration.decisionsPath, configuration.tablePath] {
      if let path { try AtomicFile.ensureWritableFolder(for: path) }
    }
    let options = try reading(for: classifier)
    let texts = try RereadableTexts(configuration.data, options: options)
    let survey = texts.survey
    var scorer = LabelScorer(classifier, keys: configuration.reading.labelKeys, map: options.labelMap)
    try begin(
      Plan(
        survey: survey, refusal: scorer.refusal(survey.labels, survey.summary),
        readsNothing: classifier.readsNothing))
    let isLabelled = survey.hasKnownLabels || survey.hasLabelColumns || configuration.reading.labels == .required
    let table = try PredictionTable(
      idKey: configuration.reading.idKey,
      keys: tableKeys(classifier, labelled: isLabelled, textName: survey.textName), like: survey.format)
    var done = FeatureExtractor.Progress(texts: 0, totalTexts: survey.rows, tokens: 0)
    let start = ContinuousClock.now
    try ClassificationFiles.write(
      configuration, rows: survey.rows, columns: classifier.labels.count,
      table: configuration.tablePath == nil ? nil : table
    ) { files in
      try texts.forEachBlock { block in
        var tokens = 0
        let answers = try classifier.probabilities(of: block.texts) { progress in
          tokens = progress.tokens
          try observe(
            FeatureExtractor.Progress(
              texts: done.texts + progress.texts, totalTexts: done.totalTexts, tokens: done.tokens + tokens))
        }
        for (row, answer) in answers.enumerated() {
          try files.append(answer, decisions: classifier.decisions(answer))
          scorer.add(labels: block.labels[row], probabilities: answer)
          if files.hasTable {
            files.append(
              tableRow: tableRow(block.labels[row], answer, block.texts[row], classifier, labelled: isLabelled),
              id: block.identifiers[row])
          }
        }
        try files.flush()
        done.texts += block.texts.count
        done.tokens += tokens
      }
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    return ClassificationResult(
      rows: survey.rows, seconds: seconds, labels: classifier.labels, score: scorer.result(survey.summary),
      classNames: classifier.classNames, summary: survey.summary, precision: classifier.precisionReport)
  }

  /// How texts are read for a classifier: labels mean what they meant when it was made.
  ///
  /// - Throws: `CorpusError.invalidLabelMap` for a map to classes that the classifier does not have.
  func reading(for classifier: TextClassifier) throws -> ReadingOptions {
    var reading = configuration.reading
    reading.classes = classifier.classNames.map { .known([$0]) } ?? .numbers
    if reading.labelMap == nil, configuration.usesRecordedLabelMap {
      reading.labelMap = classifier.labelMap?.acceptingClasses
    }
    return reading
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
}
