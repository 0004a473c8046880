import Checkpoints
import Corpora
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
  ///   - notice: takes sentences about how the input is read, before its rows are answered.
  ///   - emit: takes each piece of the table.
  /// - Returns: how many rows there were, and the accuracies where labels were known.
  /// - Throws: `CorpusError`, `CheckpointError`, and what `emit` throws.
  public func answerStandardInput(
    savesArrays: Bool = false, notice: (String) -> Void = { _ in }, emit: (Data) throws -> Void
  ) throws -> ClassificationResult {
    let classifier = try TextClassifier(configuration)
    for path in [savesArrays ? configuration.probabilitiesPath : nil, configuration.tablePath].compactMap({ $0 }) {
      try AtomicFile.ensureWritableFolder(for: path)
    }
    let result: ClassificationResult
    if let path = configuration.tablePath {
      var found: ClassificationResult?
      try AtomicFile.write(to: path) { sink in
        found = try answer(classifier, notice: notice) { data in
          try emit(data)
          try sink.write(data)
        }
      }
      guard let found else { throw AnalysisError.empty(what: "rows") }
      result = found
    } else {
      result = try answer(classifier, notice: notice, emit: emit)
    }
    if savesArrays { try writeArrays(result.probabilities, classifier) }
    return result
  }

  private func answer(
    _ classifier: TextClassifier, notice: (String) -> Void, emit: (Data) throws -> Void
  ) throws -> ClassificationResult {
    let queue = RowQueue(capacity: configuration.batchSize)
    let start = ContinuousClock.now
    queue.startReading("-", options: reading(for: classifier))
    let shape = try queue.shape()
    for sentence in shape.notices { notice("Note: \(sentence)") }
    var table: StreamTable?
    var all = [[Float]](repeating: [], count: configuration.reading.labelKeys.count)
    var probabilities: [[Float]] = []
    while true {
      let rows = try queue.take()
      guard let first = rows.first else { break }
      if table == nil { table = try StreamTable(self, classifier, shape, first: first.row) }
      var texts = TextStore()
      for row in rows { texts.append(row.row.text) }
      let answers = try classifier.probabilities(of: texts)
      for (row, answer) in zip(rows, answers) {
        table?.append(row, answer)
        for column in all.indices {
          all[column].append(column < row.row.labels.count ? row.row.labels[column] : -1)
        }
      }
      probabilities += answers
      if let data = table?.table.takeData() { try emit(data) }
    }
    if table == nil { table = try StreamTable(self, classifier, shape, first: nil) }
    if let data = table?.table.finish(), !data.isEmpty { try emit(data) }
    var summary = queue.summary
    // They were told at the start.
    summary.forget(shape.notices)
    return ClassificationResult(
      rows: probabilities.count, seconds: start.duration(to: .now) / .seconds(1), labels: classifier.labels,
      accuracies: try accuracies(all, probabilities, classifier), classNames: classifier.classNames,
      probabilities: probabilities, summary: summary, precision: classifier.precisionReport)
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
