import Files
import Corpora
import Foundation
import ToolSupport
import Training

/// Puts what a pretraining run tells into words.
struct PretrainPrinter {
  private let reporter: ProgressReporter
  /// The command line that goes on with so many remaining steps.
  private let continuation: (Int) -> String
  private let evaluation = Evaluation()
  private static let rule = String(repeating: "-", count: 89)

  init(quiet: Bool, continuation: @escaping (Int) -> String) {
    self.continuation = continuation
    reporter = ProgressReporter(quiet: quiet)
    reporter.message("configuring data")
  }

  func show(_ event: PretrainingEvent) {
    switch event {
    case .tokenizer(let event): show(event)
    case .preparingTexts(let progress): show(progress)
    case .dataLoaded(let summary, let training, let validation, let test):
      reporter.message(
        "texts: \(TextFormat.count(training)) for training, \(TextFormat.count(validation)) for validation, "
          + "\(TextFormat.count(test)) for test")
      summary.tellings.forEach { reporter.note(Advice.sentence($0)) }
    case .memoryPredicted(let estimate): reporter.message("* memory for tensors: about \(estimate.text)")
    case .computing(let report): reporter.message("* \(report.sentence)")
    case .modelReady(let parameterCount, let steps):
      reporter.message("* number of parameters: \(parameterCount)")
      reporter.message("* steps: \(TextFormat.count(steps))")
    case .step(let step, let total, let charactersSeen, let loss, let bits):
      reporter.update(
        ProgressUpdate(
          label: "training", completed: step, total: total, work: charactersSeen, loss: loss,
          bitsPerCharacter: bits))
    case .resumed(let step, let path):
      reporter.message("resuming \(path) after step \(TextFormat.count(step))")
    case .settingChanged(let change):
      Console.note(
        "Note: resuming with \(change.setting.option ?? change.setting.description) \(change.saved) -> \(change.now)")
    case .setAside(let folder): reporter.message("checkpoints of an earlier run were moved to \(folder)")
    case .shardStarted(let path, let number, let count):
      reporter.message("shard \(number) of \(count): \(path)")
    case .overflowed(let step, let scale, let next):
      reporter.message(
        "step \(step): a gradient overflowed and the step is skipped; loss scale \(Self.scale(scale))"
          + (next == scale ? "" : " -> \(Self.scale(next))") + " (now and then this is normal)")
    case .diverging(let step, let loss, let mean):
      reporter.message(
        "step \(step): the loss is \(TextFormat.decimals(loss, 3)) after a running mean of "
          + "\(TextFormat.decimals(mean, 3)); if it stays there, lower --lr or give --clip 1")
    case .rolledBack(let path, let factor):
      reporter.message("went back to \(path); the learning rate is now \(factor) of the scheduled one")
    case .progress(let progress): reporter.message(Self.line(progress))
    case .validating:
      evaluation.start = .now
      reporter.message("entering eval")
    case .evaluating(let part, let tokens, let total):
      // Of one that is over at once there is nothing to show.
      guard evaluation.start.duration(to: .now) > .seconds(1) else { break }
      reporter.update(
        ProgressUpdate(
          label: part == .validation ? "validating" : "testing", completed: tokens, total: total, unit: "tokens"))
      if tokens == total { reporter.finish() }
    case .epochEnded(let epoch, _, let seconds, let loss, let bits, let isValidation):
      let name = isValidation ? "valid" : "train"
      reporter.message(Self.rule)
      reporter.message(
        "| end of epoch \(epoch) | time: \(TextFormat.decimals(seconds, 2))s | \(name) loss "
          + "\(TextFormat.decimals(loss, 4)) | \(name) ppl \(TextFormat.decimals(exp(min(loss, 20)), 4)) | \(name) bpc "
          + "\(TextFormat.decimals(bits, 4))")
      reporter.message(Self.rule)
    case .saved(let path): reporter.message("saved \(path)")
    case .interrupted(let path, let remaining):
      reporter.message("Exiting from training early")
      if path != nil {
        reporter.message("to go on: \(continuation(remaining))")
      } else {
        reporter.message("all steps were taken; only the test is left out")
      }
    case .testing:
      evaluation.start = .now
      reporter.message("entering test")
    case .tested: break
    }
  }

  /// What a run says that was stopped while tokenizer or texts were prepared.
  func stoppedBeforeTraining() {
    reporter.finish()
    reporter.message("\(TrainingError.stoppedBeforeTraining)")
  }

  private func show(_ event: TokenizerEvent) {
    switch event {
    case .loaded(let path, let pieces):
      reporter.message("tokenizer: \(path), \(TextFormat.counted(pieces, "piece"))")
    case .training(.reading(let share, let sentences)):
      reporter.update(
        ProgressUpdate(
          label: "reading for tokenizer", completed: Int(share * 100), total: 100, unit: "%", work: sentences,
          workUnit: "sentences"))
    case .training(.building(let sentences)):
      reporter.finish()
      reporter.message("training the tokenizer on \(TextFormat.counted(sentences, "sentence"))")
    case .trained(let path, let pieces, let seconds):
      reporter.message(
        "tokenizer: trained \(TextFormat.counted(pieces, "piece")) in \(TextFormat.decimals(seconds, 1)) s, wrote \(path)"
      )
    }
  }

  private func show(_ progress: LazyCorpus.Progress) {
    switch progress {
    case .waiting(let path):
      reporter.update(
        ProgressUpdate(label: "waiting for another process that prepares \(path)", completed: 0, unit: "texts"))
    case .preparing(let path, _, let bytes, let sourceBytes):
      reporter.update(
        ProgressUpdate(
          label: "preparing \(path)", completed: min(bytes, sourceBytes), total: sourceBytes, unit: "bytes",
          workUnit: "bytes"))
    case .prepared(let path, let texts, let tokens):
      reporter.finish()
      reporter.message(
        "prepared \(path): \(TextFormat.counted(texts, "text")), \(TextFormat.counted(tokens, "token"))")
    }
  }

  /// The results that go to standard output.
  func show(_ result: PretrainingResult) throws {
    reporter.finish()
    func write(_ name: String, _ loss: Double?, _ bits: Double?) throws {
      guard let loss, let bits else { return }
      try Console.standardOutput.writeLine(
        "\(name) loss \(TextFormat.decimals(loss, 4)) | ppl \(TextFormat.decimals(exp(min(loss, 20)), 4)) | "
          + "bits per character \(TextFormat.decimals(bits, 4))")
    }
    try write("validation", result.validationLoss, result.validationBitsPerCharacter)
    try write("test", result.testLoss, result.testBitsPerCharacter)
    try Console.standardOutput.writeLine(
      "\(TextFormat.counted(result.charactersSeen, "character")) in \(TextFormat.counted(result.steps, "step")), "
        + TextFormat.rate(result.charactersPerSecond, unit: "characters"))
    if let path = result.savedPath { try Console.standardOutput.writeLine("model: \(path)") }
  }

  private static func line(_ progress: PretrainingProgress) -> String {
    let rate = String(format: "%.2E", progress.rate)
    let milliseconds = progress.millisecondsPerStep
    let losses =
      progress.loss.isNaN
      ? "no step taken"
      : "loss \(TextFormat.decimals(progress.loss, 4)) | ppl "
        + "\(TextFormat.decimals(exp(min(progress.loss, 20)), 2)) | bpc "
        + "\(TextFormat.decimals(progress.bitsPerCharacter, 4)) | norm \(TextFormat.decimals(progress.gradientNorm, 2))"
    return "| epoch \(progress.epoch)/\(progress.epochs) | step \(progress.step)/\(progress.totalSteps) | lr \(rate) | "
      + "ms/batch \(TextFormat.decimals(milliseconds, 1)) | \(TextFormat.decimals(progress.elapsed, 0)) s | \(losses) | "
      + (progress.lossScale == 1 ? "" : "scale \(scale(progress.lossScale)) | ")
      + (progress.skippedSteps == 0 ? "" : "skipped \(TextFormat.count(progress.skippedSteps)) | ")
      + TextFormat.rate(progress.charactersPerSecond, unit: "characters")
  }

  private static func scale(_ scale: Double) -> String {
    scale == scale.rounded() && scale < 1e15 ? "\(Int(scale))" : "\(scale)"
  }

  /// The evaluation under way.
  private final class Evaluation {
    var start = ContinuousClock.now
  }
}
