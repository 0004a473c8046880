import Corpora
import Foundation

extension Classification {
  /// Answers standard input row by row, as soon as a row has been read.
  ///
  /// Output is a table in the format of the input, plain lines being answered as CSV, with the columns of
  /// `--write-results`; the label column only when the input has labels.
  ///
  /// - Parameter emit: takes each piece of the table.
  /// - Returns: how many rows there were, and the accuracies where labels were known.
  /// - Throws: `CorpusError`, `CheckpointError`, and what `emit` throws.
  public func answerStandardInput(emit: (Data) throws -> Void) throws -> ClassificationResult {
    let classifier = try TextClassifier(configuration)
    let options = try reading(for: classifier)
    let queue = RowQueue(capacity: configuration.batchSize)
    let start = ContinuousClock.now
    let box = queue.startReading("-", options: options)
    var table: PredictionTable?
    var scorer = LabelScorer(classifier, keys: configuration.reading.labelKeys, map: options.labelMap)
    var count = 0
    while true {
      let rows = try queue.take()
      if rows.isEmpty { break }
      var texts = TextStore()
      for row in rows { texts.append(row.text) }
      let answers = try classifier.probabilities(of: texts)
      let isLabelled = rows.contains { $0.labels.contains { $0 != -1 } }
      if table == nil {
        table = try PredictionTable(
          keys: tableKeys(classifier, labelled: isLabelled), like: box.format)
      }
      for (row, answer) in zip(rows, answers) {
        table?.append(tableRow(row.labels, answer, row.text[...], classifier, labelled: isLabelled))
        scorer.add(labels: row.labels, probabilities: answer)
      }
      count += answers.count
      if let data = table?.takeData() { try emit(data) }
    }
    if let data = table?.finish(), !data.isEmpty { try emit(data) }
    return ClassificationResult(
      rows: count, seconds: start.duration(to: .now) / .seconds(1), labels: classifier.labels,
      score: scorer.result(box.summary), classNames: classifier.classNames, summary: box.summary,
      precision: classifier.precisionReport)
  }
}
