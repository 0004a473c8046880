import ArgumentParser
import Corpora
import ToolSupport
import Training

@main
struct PretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain",
    abstract: "Train a left-to-right language model on files of text.",
    discussion: """
      Every epoch of --train-iters steps ends with an evaluation, and the best model goes to --save. The file describes
      itself: transfer and generate need only its name. Ctrl-C saves and says how to go on; after any other end
      --resume goes on from the newest checkpoint.

      Example: pretrain --data reviews.csv --text-key text --nhid 512 --batch-size 32 --seq-length 128 --lr 0.002 --clip 1
      """)

  @OptionGroup var arguments: PretrainArguments

  static func main() {
    CommandRunner.launch(Self.self, as: .pretrain, engine: EngineDescription.lines)
  }

  func run() throws {
    try OutputCheck.requireDistinct(
      outputs: [NamedFile("--save", arguments.checkpoints.savePath)] + arguments.tokenizer.outputs
        + arguments.execution.outputs,
      inputs: arguments.data.selection.inputs)
    try OutputCheck.requireFile(
      "--save", arguments.checkpoints.savePath, "checkpoints lie in a folder beside it, and it is read again to go on")
    if arguments.data.reader.dryRun {
      let loadPath = try arguments.checkpoints.resolvedLoadPath()
      try arguments.model.requireAgreement(withCheckpoint: loadPath)
      let run = arguments.configuration(loading: loadPath)
      return try DryRun(
        reading: arguments.data.selection, run.reading,
        evaluation: run.reading.withTextKey(run.evaluationTextKey), cleaning: run.cleaning,
        checkpoint: run.load, split: run.split
      ).run()
    }
    // First of all: what is there to resume is the business of the process that is training now, if there is one.
    let lock = try TrainingLock(save: arguments.checkpoints.savePath)
    let loadPath = try arguments.checkpoints.resolvedLoadPath()
    try arguments.model.requireAgreement(withCheckpoint: loadPath)
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .pretrain)
    let printer = PretrainPrinter(quiet: arguments.execution.quiet) { remaining in
      ContinuationCommand.text(
        command: CommandLine.arguments.first ?? "pretrain", arguments: Array(CommandLine.arguments.dropFirst()),
        as: .pretrain, remaining: remaining)
    }
    let trainingLog = try arguments.training.logdir.map { try TrainingLog(folder: $0) }
    var logFailure: (any Error)?
    // A tokenizer in the making and a model on a dead disk cannot be asked to end, and nothing of them is to be saved.
    InterruptMonitor.watch(grace: 2)
    let result = try DefaultData.explainingMissingFiles {
      do {
        return try Pretraining(
          arguments.configuration(loading: loadPath), lock: lock,
          observe: { event in
            if case .modelReady = event { InterruptMonitor.watch() }
            printer.show(event)
            // A log that cannot be written must not end a run of weeks; it is told at the end.
            do { try trainingLog?.note(event) } catch { logFailure = logFailure ?? error }
          }, shouldStop: { InterruptMonitor.isInterrupted }
        ).run()
      } catch TrainingError.stoppedBeforeTraining {
        printer.stoppedBeforeTraining()
        throw ExitCode(InterruptMonitor.exitCode ?? 1)
      }
    }
    try printer.show(result)
    try trainingLog?.drawLosses()
    if let logFailure { throw logFailure }
    report["steps"] = .integer(result.steps)
    report["characters_seen"] = .integer(result.charactersSeen)
    report["characters_per_second"] = .number(result.charactersPerSecond)
    report["training_loss"] = .number(orNull: result.trainingLoss)
    report["validation_loss"] = .number(orNull: result.validationLoss)
    report["validation_bpc"] = .number(orNull: result.validationBitsPerCharacter)
    report["test_loss"] = .number(orNull: result.testLoss)
    report["test_bpc"] = .number(orNull: result.testBitsPerCharacter)
    report["skipped_steps"] = .integer(result.skippedSteps)
    report["loss_scale"] = .number(result.lossScale)
    report["interrupted"] = .bool(result.wasInterrupted)
    report["saved"] = result.savedPath.map { .string($0) } ?? .null
    try report.finish(writingTo: arguments.execution.reportPath)
    if let code = InterruptMonitor.exitCode { throw ExitCode(code) }
  }
}
