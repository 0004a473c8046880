import Checkpoints
import Corpora
import Files
import Foundation

extension Classification {
  /// Answers standard input row by row, as soon as a row has been read.
  ///
  /// Output is a table in the format of the input, plain lines being answered as CSV, with the columns of
  /// `--write-results`. Which columns there are is decided once: the labels' where the header has them or they were asked for;
  /// of JSON Lines the first object decides about labels that were not. The configuration's table, if there is one, is written
  /// too, and arrays where `savesArrays` is set, once all rows are answered.
  ///
  /// - Parameters:
  ///   - savesArrays: Whether probabilities and decisions are kept.
  ///   - notice: takes what is to be told about how the input is read, before its rows are answered.
  ///   - emit: takes each piece of the table.
  /// - Returns: how many rows there were, and the accuracies where labels were known.
  /// - Throws: `CorpusError`, `CheckpointError`, and what `emit` throws.
  public func answerStandardInput(
    savesArrays: Bool = false, notice: (ReadingNotice) -> Void = { _ in }, emit: (Data) throws -> Void
  ) throws -> ClassificationResult {
    let classifier = try loadClassifier()
    let arrays = savesArrays ? [configuration.probabilitiesPath, configuration.decisionsPath] : []
    for path in arrays + [configuration.tablePath].compactMap({ $0 }) {
      try AtomicFile.ensureWritableFolder(for: path)
    }
    var answers = StreamAnswers(keepsProbabilities: savesArrays)
    if let path = configuration.tablePath {
      try AtomicFile.write(to: path) { sink in
        try answer(classifier, into: &answers, notice: notice) { data in
          try emit(data)
          try sink.write(data)
        }
      }
    } else {
      try answer(classifier, into: &answers, notice: notice, emit: emit)
    }
    if savesArrays { try writeArrays(answers.probabilities, classifier) }
    return ClassificationResult(
      rows: answers.count, seconds: answers.seconds, labels: classifier.labels, score: answers.score,
      classNames: classifier.classNames, summary: answers.summary, precision: classifier.precisionReport)
  }

  private func answer(
    _ classifier: TextClassifier, into answers: inout StreamAnswers, notice: (ReadingNotice) -> Void,
    emit: (Data) throws -> Void
  ) throws {
    let options = try reading(for: classifier)
    let queue = RowQueue(capacity: configuration.batchSize)
    let start = ContinuousClock.now
    queue.startReading("-", options: options)
    let shape = try queue.shape()
    shape.notices.forEach(notice)
    var table: StreamTable?
    var scorer = LabelScorer(classifier, keys: configuration.reading.labelKeys, map: options.labelMap)
    while true {
      let rows = try queue.take()
      guard let first = rows.first else { break }
      if table == nil { table = try StreamTable(self, classifier, shape, first: first.row) }
      var texts = TextStore()
      for row in rows { texts.append(row.row.text) }
      let found = try classifier.probabilities(of: texts)
      for (row, answer) in zip(rows, found) {
        table?.append(row, answer)
        scorer.add(labels: row.row.labels, probabilities: answer)
      }
      answers.add(found)
      if let data = table?.table.takeData() { try emit(data) }
    }
    if table == nil { table = try StreamTable(self, classifier, shape, first: nil) }
    if let data = table?.table.finish(), !data.isEmpty { try emit(data) }
    answers.summary = queue.summary
    answers.score = scorer.result(answers.summary)
    // They were told at the start.
    answers.summary.forget(shape.notices)
    answers.seconds = start.duration(to: .now) / .seconds(1)
  }

  private func writeArrays(_ probabilities: [[Float]], _ classifier: TextClassifier) throws {
    try ClassificationFiles.write(
      configuration, rows: probabilities.count, columns: classifier.labels.count, table: nil
    ) { files in
      for row in probabilities { try files.append(row, decisions: classifier.decisions(row)) }
    }
  }
}

/// What a stream was answered with.
private struct StreamAnswers {
  let keepsProbabilities: Bool
  private(set) var count = 0
  private(set) var probabilities: [[Float]] = []
  var summary = ReadingSummary()
  var score = LabelScore()
  var seconds = 0.0

  init(keepsProbabilities: Bool) {
    self.keepsProbabilities = keepsProbabilities
  }

  mutating func add(_ rows: [[Float]]) {
    count += rows.count
    if keepsProbabilities { probabilities += rows }
  }
}

/// The table that answers a stream, whose columns stay what they were at its start.
private struct StreamTable {
  var table: PredictionTable
  private let classification: Classification
  private let classifier: TextClassifier
  private let isLabelled: Bool

  init(
    _ classification: Classification, _ classifier: TextClassifier, _ shape: RowQueue.Shape, first: CorpusRow?
  ) throws {
    self.classification = classification
    self.classifier = classifier
    let isJSON = shape.format == .jsonArray || shape.format == .jsonLines
    isLabelled =
      shape.hasLabelColumns || (isJSON && first?.labels.contains { $0 != -1 } == true)
    table = try PredictionTable(
      idKey: classification.configuration.reading.idKey,
      keys: classification.tableKeys(classifier, labelled: isLabelled, textName: shape.textName), like: shape.format)
  }

  mutating func append(_ row: RowQueue.Row, _ probabilities: [Float]) {
    table.append(
      classification.tableRow(row.row.labels, probabilities, row.row.text[...], classifier, labelled: isLabelled),
      id: row.identifier)
  }
}
