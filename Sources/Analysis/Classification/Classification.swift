import Checkpoints
import Corpora
import Files
import Formats
import Foundation
import Models
import Tensors

/// Classifies files of texts and writes probabilities, decisions and a table.
public struct Classification {
  let configuration: ClassificationConfiguration

  /// Prepares a classification; nothing is read yet.
  public init(_ configuration: ClassificationConfiguration) {
    self.configuration = configuration
  }

  func loadClassifier() throws -> TextClassifier {
    var settings = TextClassifier.Settings()
    settings.cleaning = configuration.cleaning
    settings.maximumLength = configuration.maximumLength
    settings.warmupPasses = configuration.warmupPasses
    settings.keptNeurons = configuration.keptNeurons
    settings.batchSize = configuration.batchSize
    let engine = Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision)
    return try TextClassifier(path: configuration.load, engine: engine, settings: settings)
  }

  /// What is known once everything was checked and before the first text is answered.
  public struct Plan: Sendable {
    /// Rows that will be answered, their labels, and what was left out.
    public var survey: CorpusSurvey
    /// Why the labels will not be compared with the answers; `nil` when they will, or when there are none.
    public var refusal: LabelRefusal?
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
    let classifier = try loadClassifier()
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
