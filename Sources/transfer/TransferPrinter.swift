import Files
import Analysis
import Foundation
import ToolSupport

/// Puts what a transfer tells into words: progress on standard error, results on standard output.
struct TransferPrinter {
  private let reporter: ProgressReporter
  private let metricName: String

  init(quiet: Bool, metricName: String) {
    reporter = ProgressReporter(quiet: quiet)
    self.metricName = metricName
    reporter.message("configuring data")
  }

  func show(_ event: TransferEvent) throws {
    switch event {
    case .read(let split, let summary, let classNames):
      for telling in summary.tellings { Console.note("\(split): \(Advice.sentence(telling))") }
      if let classNames, split == "train" { reporter.message("labels: \(TextFormat.classes(classNames))") }
    case .labelled(let split, let labels): reporter.message("\(split) labels: \(labels)")
    case .untrained(let architecture):
      Console.note(
        "Note: without --load the features are those of an untrained model (\(architecture.cell.rawValue), "
          + "\(TextFormat.count(architecture.hiddenSize)) units, random weights), which is of use only for comparison.")
    case .noValidation:
      reporter.message(
        "no validation rows: the strength of the penalty is chosen by the training score; give --valid, or --split .8")
    case .testNotScored(let reason): Console.note("Note: the test rows are not scored: \(reason).")
    case .writingResults(let folder): reporter.message("writing results to \(folder)")
    case .memoryPredicted(let estimate): reporter.message("memory for weights and features: about \(estimate.text)")
    case .computing(let report): reporter.message(report.sentence)
    case .transforming(let split, let progress):
      reporter.update(
        ProgressUpdate(
          label: "transforming \(split)", completed: progress.texts, total: progress.totalTexts, unit: "texts",
          work: progress.tokens))
    case .transformed(let split, let seconds, let texts, let fromCache):
      reporter.finish()
      reporter.message(
        fromCache
          ? "\(split): \(TextFormat.counted(texts, "example")) from the cache"
          : "\(split): \(TextFormat.decimals(seconds, 2)) seconds to transform \(TextFormat.counted(texts, "example"))")
    case .swept(let name, let progress):
      reporter.message(
        "\(name) regression \(progress.step)/\(progress.total): C \(progress.c), \(metricName) "
          + "\(percent(progress.score)), \(TextFormat.counted(Int(progress.nonZeroCount), "feature")) used"
          + (progress.converged ? "" : " (not converged; raise --epochs)"))
    case .fitted(let regression): try show(regression)
    case .usingNeurons(let neurons):
      try write(
        "using neuron(s) \(neurons.map(String.init).joined(separator: ", ")) as "
          + "features for regression")
    case .wrote(let what, let path): reporter.message("\(what): \(path)")
    }
  }

  func finish(_ result: TransferResult) throws {
    reporter.finish()
    try write("classifier: \(result.classifierPath)")
    try write("results successfully written to \(result.folder)")
  }

  private func show(_ regression: TransferResult.Regression) throws {
    let sweep = regression.sweep
    let scores = [sweep.scores.train, sweep.scores.validation, sweep.scores.test].map {
      $0.map(percent) ?? "not scored"
    }
    try write("\(TextFormat.decimals(regression.seconds, 2)) seconds for the \(regression.name) regression")
    try write("\(scores.joined(separator: ", ")) train, val, test \(metricName) for \(regression.name) regression")
    try write("\(sweep.c) regularization coefficient used")
    let count = sweep.model.nonZeroCount
    let answer = TextFormat.decimals(1 / (1 + exp(-sweep.model.intercept)), 2)
    try write(
      "\(TextFormat.counted(count, "feature")) used in \(regression.name) regression"
        + (count == 0 ? ": every text gets the same answer, probability \(answer)" : ""))
  }

  private func percent(_ score: Double) -> String { TextFormat.decimals(score * 100, 2) }

  private func write(_ line: String) throws { try Console.standardOutput.writeLine(line) }
}
