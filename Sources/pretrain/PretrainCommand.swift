import ArgumentParser
import Corpora
import Foundation
import ToolSupport
import Training

@main
struct PretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain",
    abstract: "Train a left-to-right language model on files of text.",
    discussion: """
      Every epoch of --train-iters steps ends with an evaluation, and the best model goes to --save. The file describes
      itself: transfer and generate need only its name. Ctrl-C saves and says how to go on.

      Example: pretrain --data reviews.csv --text-key text --nhid 512 --batch-size 32 --seq-length 128 --lr 0.002 --clip 1
      """)

  @OptionGroup var arguments: PretrainArguments

  static func main() {
    CommandRunner.launch(Self.self, as: .pretrain, engine: EngineDescription.lines)
  }

  func run() throws {
    try arguments.model.requireAgreement(withCheckpoint: arguments.checkpoints.load.path)
    try OutputCheck.requireDistinct(
      outputs: [NamedFile("--save", arguments.checkpoints.savePath)] + arguments.execution.outputs,
      inputs: arguments.data.selection.inputs)
    if arguments.data.reader.dryRun {
      let run = arguments.configuration
      var evaluation = run.reading
      evaluation.textKey = run.evaluationTextKey ?? evaluation.textKey
      return try DryRun(
        reading: arguments.data.selection, run.reading, evaluation: evaluation, cleaning: run.cleaning,
        checkpoint: run.load, split: run.split
      ).run()
    }
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .pretrain)
    let printer = PretrainPrinter(quiet: arguments.execution.quiet)
    InterruptMonitor.install()
    let result = try DefaultData.explainingMissingFiles {
      try Pretraining(
        arguments.configuration, observe: printer.show, shouldStop: { InterruptMonitor.isInterrupted }
      ).run()
    }
    try printer.show(result)
    report["steps"] = .integer(result.steps)
    report["characters_seen"] = .integer(result.charactersSeen)
    report["characters_per_second"] = .number(result.charactersPerSecond)
    report["training_loss"] = .number(orNull: result.trainingLoss)
    report["validation_loss"] = .number(orNull: result.validationLoss)
    report["validation_bpc"] = .number(orNull: result.validationLoss.map { $0 / log(2) })
    report["test_loss"] = .number(orNull: result.testLoss)
    report["test_bpc"] = .number(orNull: result.testLoss.map { $0 / log(2) })
    report["interrupted"] = .bool(result.wasInterrupted)
    report["saved"] = result.savedPath.map { .string($0) } ?? .null
    try report.finish(writingTo: arguments.execution.reportPath)
    if let code = InterruptMonitor.exitCode { throw ExitCode(code) }
  }
}
