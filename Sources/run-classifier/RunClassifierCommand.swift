import Files
import Analysis
import ArgumentParser
import Corpora
import ToolSupport

@main
struct RunClassifierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run-classifier",
    abstract: "Classify the texts of a file, or of standard input.",
    discussion: """
      Probabilities go to --save-probs, decisions beside it with the ending .pred.npy, and a readable table to \
      --write-results. With --data - every row of standard input is answered on standard output as it arrives, \
      and files are written where they were named.

      Example: run-classifier --load lang_model_transfer/sentiment/classifier.safetensors --data reviews.csv \
      --text-key text --write-results answers.csv
      """)

  @OptionGroup var arguments: RunClassifierArguments

  static func main() {
    CommandRunner.launch(Self.self, as: .runClassifier, engine: EngineDescription.lines)
  }

  func run() throws {
    try OutputCheck.requireDistinct(
      outputs: arguments.outputs + arguments.execution.outputs,
      inputs: arguments.load.inputs + arguments.data.selection.inputs)
    if arguments.data.reader.dryRun {
      return try DryRun(
        reading: arguments.data.selection, arguments.configuration.reading, cleaning: arguments.data.reader.cleaning,
        checkpoint: arguments.load.path, usesRecordedLabelMap: !arguments.data.labelMap.isGiven
      ).run()
    }
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .runClassifier)
    let reporter = ProgressReporter(quiet: arguments.execution.quiet)
    let run = arguments.configuration
    let result: ClassificationResult
    if run.data == ["-"] {
      result = try Classification(run).answerStandardInput(
        savesArrays: arguments.savesArrays, notice: { Console.note("Note: \(Advice.sentence($0))") }
      ) { try Console.standardOutput.write(bytes: Array($0)) }
      result.summary.tellings.forEach { Console.note(Advice.sentence($0)) }
      if let refusal = result.score.refusal {
        Console.note("Note: answers were not scored: \(Advice.sentence(refusal)).")
      }
    } else {
      result = try DefaultData.explainingMissingFiles {
        try Classification(run).run(begin: { try begin($0, run) }) { progress in
          reporter.update(
            ProgressUpdate(
              label: "classifying", completed: progress.texts, total: progress.totalTexts, unit: "texts",
              work: progress.tokens))
        }
      }
      reporter.finish()
      try show(result, run)
    }
    report["rows"] = .integer(result.rows)
    report["rows_per_second"] = .number(orNull: result.seconds > 0 ? Double(result.rows) / result.seconds : nil)
    report["seconds"] = .number(result.seconds)
    report["labels"] = .array(result.labels.map { .string($0) })
    if let names = result.classNames { report["class_names"] = .array(names.map { .string($0) }) }
    if let map = run.reading.labelMap { report["label_map"] = .string(map.description) }
    if let accuracies = result.score.accuracies {
      report["accuracy"] = .number(accuracies.reduce(0, +) / Double(accuracies.count))
      report["rows_scored"] = .array(result.score.scoredRows.map { .integer($0) })
    }
    if let refusal = result.score.refusal { report["not_scored"] = .string(Advice.sentence(refusal)) }
    report["rows_skipped"] = .integer(result.summary.rowsSkipped)
    try report.finish(writingTo: arguments.execution.reportPath)
  }

  /// What has to be said before the work.
  private func begin(_ plan: Classification.Plan, _ run: ClassificationConfiguration) throws {
    if plan.readsNothing {
      Console.note("Note: the classifier uses no feature of a text: every text gets the same answer.")
    }
    if let refusal = plan.refusal { Console.note("Note: answers are not scored: \(Advice.sentence(refusal)).") }
    let summary = plan.survey.summary
    let unmapped = summary.unmappedLabels - (summary.skipped[.unmappedLabel]?.count ?? 0)
    if unmapped > 0, plan.refusal == nil {
      let labels = summary.unmappedSpellings.joined(separator: ", ")
      Console.note(
        "Note: labels that are not in the classifier's label map are not scored: \(TextFormat.count(unmapped)) rows "
          + "(such as \(labels)).")
    }
  }

  private func show(_ result: ClassificationResult, _ run: ClassificationConfiguration) throws {
    let output = Console.standardOutput
    if let precision = result.precision { Console.note(precision.sentence) }
    result.summary.tellings.forEach { Console.note(Advice.sentence($0)) }
    if let kept = run.keptNeurons {
      Console.note(
        "Note: only the \(TextFormat.counted(kept, "largest weight")) of the classifier \(kept == 1 ? "is" : "are") used."
      )
    }
    try output.writeLine(
      "\(TextFormat.decimals(result.seconds, 2)) seconds to transform \(TextFormat.counted(result.rows, "example"))")
    if let names = result.classNames { try output.writeLine("labels: \(TextFormat.classes(names))") }
    if let accuracies = result.score.accuracies {
      for (label, (accuracy, rows)) in zip(result.labels, zip(accuracies, result.score.scoredRows)) {
        let share =
          rows == result.rows
          ? "" : " over \(TextFormat.count(rows)) of \(TextFormat.count(result.rows)) rows, whose label is known"
        try output.writeLine("\(TextFormat.decimals(accuracy * 100, 2)) % accuracy of \(label.printable)\(share)")
      }
    }
    try output.writeLine("probabilities: \(run.probabilitiesPath.printable)")
    if !run.writesDecisions {
      Console.note("Note: decisions are not written, because --save-probs names no file that they could lie beside.")
    } else {
      try output.writeLine("decisions: \(run.decisionsPath.printable)")
    }
    if let table = run.tablePath { try output.writeLine("table: \(table.printable)") }
  }
}

extension RunClassifierArguments {
  /// Whether the arrays are written; for standard input only where they were asked for.
  var savesArrays: Bool { data.selection.data != ["-"] || classification.namedProbabilitiesPath != nil }

  /// Files that are written.
  var outputs: [NamedFile] {
    let run = configuration
    let arrays = [run.probabilitiesPath, run.decisionsPath].map { NamedFile("--save-probs", $0) }
    return (savesArrays ? arrays : [])
      + (run.tablePath.map { [NamedFile("--write-results", $0)] } ?? [])
  }
}
