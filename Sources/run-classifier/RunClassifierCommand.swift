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
        checkpoint: arguments.load.path
      ).run()
    }
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .runClassifier)
    let reporter = ProgressReporter(quiet: arguments.execution.quiet)
    let run = arguments.configuration
    let result: ClassificationResult
    if run.data == ["-"] {
      result = try Classification(run).answerStandardInput(
        savesArrays: arguments.savesArrays, notice: Console.note
      ) { try Console.standardOutput.write(bytes: Array($0)) }
      result.summary.tellings.forEach(Console.note)
    } else {
      InterruptMonitor.install()
      result = try DefaultData.explainingMissingFiles {
        try Classification(run).run { progress in
          if let code = InterruptMonitor.exitCode { throw ExitCode(code) }
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
    result.summary.tellings.forEach(Console.note)
    if let kept = run.keptNeurons { Console.note("Note: only the \(kept) largest weights of the classifier are used.") }
    try output.writeLine(
      "\(TextFormat.decimals(result.seconds, 2)) seconds to transform \(TextFormat.count(result.rows)) examples")
    if let names = result.classNames { try output.writeLine("labels: \(TextFormat.classes(names))") }
    if let accuracies = result.accuracies {
      for (label, accuracy) in zip(result.labels, accuracies) {
        try output.writeLine("\(TextFormat.decimals(accuracy * 100, 2)) % accuracy of \(label.printable)")
      }
    }
    try output.writeLine("probabilities: \(run.probabilitiesPath.printable)")
    try output.writeLine("decisions: \(run.decisionsPath.printable)")
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

  /// The classification that these arguments ask for.
  var configuration: ClassificationConfiguration {
    var run = ClassificationConfiguration()
    run.load = modelPath
    run.data = data.selection.data
    run.reading = data.reader.readingOptions(
      of: data.selection, labelKeys: data.labelKeys, labels: data.requiresLabels ? .required : .optional,
      idKey: data.idKey)
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
