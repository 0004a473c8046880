import Analysis
import ArgumentParser
import ToolSupport

@main
struct TransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer",
    abstract: "Turn a language model into a classifier by logistic regression on its features.",
    discussion: """
      Writes features, scores, pictures and classifier.safetensors into <model>_transfer/<save-results>/. The classifier \
      holds the whole language model: run-classifier and generate need only its name.

      Example: transfer --load lang_model.safetensors --data train.csv --valid val.csv --test test.csv --text-key text
      """)

  @OptionGroup var arguments: TransferArguments

  static func main() {
    CommandRunner.launch(Self.self, as: .transfer, engine: EngineDescription.lines)
  }

  func run() throws {
    try arguments.recurrent.requireAgreement(withCheckpoint: arguments.load.path)
    let run = arguments.configuration
    try OutputCheck.requireDistinct(
      outputs: run.resultFiles.map { NamedFile("--save-results", $0) } + arguments.transfer.outputs
        + arguments.execution.outputs,
      inputs: arguments.load.inputs + arguments.data.selection.inputs)
    if arguments.data.reader.dryRun {
      var evaluation = run.reading.withTextKey(run.evaluationTextKey)
      evaluation.labelKeys = run.evaluationLabelKey.map { [$0] } ?? evaluation.labelKeys
      return try DryRun(
        reading: arguments.data.selection, run.reading, evaluation: evaluation, cleaning: run.cleaning,
        checkpoint: run.load, split: run.split, checksLabels: { $0 != .test || run.scoresTest }
      ).run()
    }
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .transfer)
    let printer = TransferPrinter(
      quiet: arguments.execution.quiet, metricName: arguments.transfer.mcc ? "mcc" : "accuracy")
    let result = try DefaultData.explainingMissingFiles {
      try Transfer(run) { try printer.show($0) }.run()
    }
    try printer.finish(result)
    func score(_ regression: TransferResult.Regression?, _ prefix: String) {
      guard let regression else { return }
      let scores = regression.sweep.scores
      report["train_accuracy_\(prefix)"] = .number(scores.train)
      report["validation_accuracy_\(prefix)"] = .number(orNull: scores.validation)
      report["test_accuracy_\(prefix)"] = .number(orNull: scores.test)
      report["regularization_\(prefix)"] = .number(regression.sweep.c)
      report["features_used_\(prefix)"] = .integer(regression.sweep.model.nonZeroCount)
    }
    report["trained_model"] = .bool(run.load != nil)
    report["seed"] = .integer(Int(run.seed))
    if let map = run.reading.labelMap { report["label_map"] = .string(map.description) }
    report["rows_skipped"] = .integer(result.rowsSkipped)
    report["metric"] = .string(arguments.transfer.mcc ? "mcc" : "accuracy")
    score(result.allNeurons, "all_neurons")
    score(result.topNeurons, "top_neurons")
    score(result.droppedNeurons, "dropped_neurons")
    report["regularization"] = .number(result.allNeurons.sweep.c)
    report["top_neurons"] = .array(result.neurons.map { .integer($0) })
    report["texts_transformed"] = .integer(result.textsTransformed)
    report["transform_seconds"] = .number(result.transformSeconds)
    report["classifier"] = .string(result.classifierPath)
    try report.finish(writingTo: arguments.execution.reportPath)
  }
}
