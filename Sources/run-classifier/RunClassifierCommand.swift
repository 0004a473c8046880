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
      --write-results. With --data - every row of standard input is answered on standard output as it arrives.

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
        checkpoint: arguments.load.path
      ).run()
    }
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .runClassifier)
    let reporter = ProgressReporter(quiet: arguments.execution.quiet)
    let run = arguments.configuration
    let result: ClassificationResult
    if run.data == ["-"] {
      result = try Classification(run).answerStandardInput { try Console.standardOutput.write(bytes: Array($0)) }
      if result.summary.rowsSkipped > 0 { Console.note("\(result.summary)") }
    } else {
      result = try DefaultData.explainingMissingFiles {
        try Classification(run).run { progress in
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
    if let accuracies = result.accuracies {
      report["accuracy"] = .number(accuracies.reduce(0, +) / Double(accuracies.count))
    }
    try report.finish(writingTo: arguments.execution.reportPath)
  }

  private func show(_ result: ClassificationResult, _ run: ClassificationConfiguration) throws {
    let output = Console.standardOutput
    if let precision = result.precision { Console.note(precision.sentence) }
    if result.summary.rowsSkipped > 0 { Console.note("\(result.summary)") }
    if let kept = run.keptNeurons { Console.note("Note: only the \(kept) largest weights of the classifier are used.") }
    try output.writeLine(
      "\(TextFormat.decimals(result.seconds, 2)) seconds to transform \(TextFormat.count(result.rows)) examples")
    if let names = result.classNames { try output.writeLine("labels: \(TextFormat.classes(names))") }
    if let accuracies = result.accuracies {
      for (label, accuracy) in zip(result.labels, accuracies) {
        try output.writeLine("\(TextFormat.decimals(accuracy * 100, 2)) % accuracy of \(label)")
      }
    }
    try output.writeLine("probabilities: \(run.probabilitiesPath)")
    try output.writeLine("decisions: \(run.decisionsPath)")
    if let table = run.tablePath { try output.writeLine("table: \(table)") }
  }
}

extension RunClassifierArguments {
  /// Files that are written; none of the arrays when standard input is answered.
  var outputs: [NamedFile] {
    guard data.selection.data != ["-"] else { return [] }
    let run = configuration
    return [NamedFile("--save-probs", run.probabilitiesPath), NamedFile("--save-probs", run.decisionsPath)]
      + (run.tablePath.map { [NamedFile("--write-results", $0)] } ?? [])
  }

  /// The classification that these arguments ask for.
  var configuration: ClassificationConfiguration {
    var run = ClassificationConfiguration()
    run.load = modelPath
    run.data = data.selection.data
    run.reading = data.reader.readingOptions(
      labelKeys: data.labelKeys, labels: data.requiresLabels ? .required : .optional)
    run.cleaning = data.reader.cleaning
    run.maximumLength = classification.maximumSequenceLength
    run.warmupPasses = classification.hiddenWarmupPasses > 0 ? classification.hiddenWarmupPasses : nil
    run.keptNeurons = classification.keptNeurons
    run.batchSize = data.reader.batchSize
    run.probabilitiesPath = classification.probabilitiesPath
    run.tablePath = classification.tablePath
    run.precision = precision.precision
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }
}
