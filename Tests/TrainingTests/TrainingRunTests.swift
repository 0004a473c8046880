import Foundation
import Optimization
import Tensors
import TestSupport
import Testing

@testable import Training

/// A whole run of the linear regression: the loop of ``Pretraining`` on another task.
private final class RegressionRun: TrainingRun {
  let trainer: Trainer<LinearRegressionTask>
  let plan: RunPlan
  var record = RunRecord()
  var hasOwnCheckpoints = false
  var firstStep = 0
  var stop = Int.max
  var log: [String] = []
  private var losses: [Double] = []

  var shouldStop: () -> Bool { { [unowned self] in step >= stop } }

  init(_ folder: String, passes: Int = 100, rate: Double = 0.05, onDivergence: DivergenceResponse = .warn) {
    let task = LinearRegressionTask(rows: 10, batchSize: 4, passes: passes)
    trainer = Trainer(
      task, updater: ParameterUpdater(StochasticGradientDescent(), parameters: task.parameters),
      schedule: LearningRateSchedule(baseRate: rate), engine: Engine())
    plan = RunPlan(
      totalSteps: 12, stepsPerEpoch: 4, stepsPerCheckpoint: 3, endsEpochsWithCheckpoint: false, savesState: true,
      keptCheckpoints: 2, onDivergence: onDivergence, folder: CheckpointFolder(forSave: folder + "/m.safetensors"))
  }

  /// Goes on from the checkpoint of a step.
  func resume(at step: Int) throws {
    let text = try Data(contentsOf: URL(fileURLWithPath: plan.folder.statePath(step) + ".json"))
    record = try JSONDecoder().decode(RunRecord.self, from: text)
    try trainer.resume(from: plan.folder.statePath(step))
    firstStep = step
  }

  func prepareEpoch() -> Bool {
    log.append("epoch \(step / plan.stepsPerEpoch + 1)")
    return true
  }

  func beginSteps(isNewEpoch: Bool) { if isNewEpoch { losses = [] } }
  func note(_ outcome: StepOutcome, seconds: Double) { losses.append(outcome.loss) }
  func report(_ outcome: StepOutcome, isLast: Bool) { log.append("step \(step)\(isLast ? "." : "")") }

  func judgeEpoch(seconds: Double) -> Double? { losses.last ?? .nan }

  func keepBest() { log.append("best \(step)") }

  func writeState(to path: String) throws {
    try trainer.save(to: path)
    try JSONEncoder().encode(record).write(to: URL(fileURLWithPath: path + ".json"))
  }

  func writeModel(to path: String) throws {
    log.append("checkpoint \(step)")
    try trainer.save(to: path)
  }

  func goBack(toModel path: String, state: String, step: Int) throws {
    let position = trainer.task.position
    try trainer.resume(from: state)
    trainer.task.restore(position) { _ in [] }
  }

  func tell(_ event: RunEvent) {
    switch event {
    case .rolledBack(_, let factor): log.append("back to \(step), rate × \(factor)")
    case .diverging: log.append("diverging")
    case .overflowed: log.append("overflow")
    case .setAside: log.append("set aside")
    }
  }
}

@Suite struct TrainingRunTests {
  @Test func epochsCheckpointsAndTheBestComeInOrder() throws {
    try withTemporaryFolder { folder in
      let run = RegressionRun(folder)
      let end = try run.takeSteps()
      #expect(end == .none)
      let expected = [
        "epoch 1", "step 1", "step 2", "step 3", "checkpoint 3", "step 4.", "best 4", "epoch 2", "step 5", "step 6",
        "checkpoint 6", "step 7", "step 8.", "best 8", "epoch 3", "step 9", "checkpoint 9", "step 10", "step 11",
        "step 12.", "checkpoint 12", "checkpoint 12",
      ]
      // The last one once more, with the verdict in its state. Whether an epoch was the best so far is for the losses to say; the first is.
      #expect(run.log.filter { !$0.hasPrefix("best") } == expected.filter { !$0.hasPrefix("best") })
      #expect(run.log.firstIndex(of: "best 4") == 6)
      #expect(run.record.checkpoints == [9, 12])
      #expect(!FileManager.default.fileExists(atPath: run.plan.folder.modelPath(6)))
    }
  }

  @Test(arguments: [3, 6, 9])
  func stoppedAndResumedItEndsAtTheSameBits(step: Int) throws {
    try withTemporaryFolder { folder in
      let whole = RegressionRun(folder + "/whole")
      _ = try whole.takeSteps()
      let stopped = RegressionRun(folder + "/stopped")
      stopped.stop = step
      #expect(try stopped.takeSteps() == .interrupted)
      let resumed = RegressionRun(folder + "/stopped")
      try resumed.resume(at: step)
      #expect(try resumed.takeSteps() == .none)
      #expect(resumed.trainer.task.values.map(\.bitPattern) == whole.trainer.task.values.map(\.bitPattern))
      #expect(resumed.trainer.iteration == 12)
      #expect(resumed.record.checkpoints == whole.record.checkpoints)
    }
  }

  @Test func aRunThatBlowsUpGoesBackWithHalfTheRate() throws {
    try withTemporaryFolder { folder in
      let run = RegressionRun(folder, rate: 1e30, onDivergence: .rollback)
      #expect(throws: TrainingError.self) { _ = try run.takeSteps() }
      let back = run.log.filter { $0.hasPrefix("back") }
      #expect(back.count == 5 && back.first == "back to 0, rate × 0.5" && back.last == "back to 0, rate × 0.03125")
      #expect(run.trainer.task.position > 4, "the data goes on")
      let warned = RegressionRun(folder + "/warned", rate: 1e30)
      let error = #expect(throws: TrainingError.self) { _ = try warned.takeSteps() }
      guard case .lossNotFinite = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func dataThatEndsTooSoonIsTold() throws {
    try withTemporaryFolder { folder in
      let run = RegressionRun(folder, passes: 2)
      #expect(throws: TrainingError.dataEnded(step: 6, total: 12)) { _ = try run.takeSteps() }
    }
  }
}
