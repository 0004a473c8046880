import Checkpoints
import Foundation
import Optimization
import Tensors
import TestSupport
import Testing
import Training

/// The loop on a task that has nothing of language models.
@Suite struct TrainerTests {
  private func trainer(
    _ task: LinearRegressionTask, rule: any Optimizer = Adam(), rate: Double = 0.05, accumulating steps: Int = 1,
    groups: [ParameterGroup] = [], lossScale: LossScale = .none
  ) throws -> Trainer<LinearRegressionTask> {
    Trainer(
      task,
      updater: try ParameterUpdater(rule, parameters: task.parameters, groups: groups, lossScale: lossScale),
      schedule: LearningRateSchedule(baseRate: rate, decay: .linear, horizon: 400), clip: 1, accumulationSteps: steps,
      engine: Engine())
  }

  @Test func learnsUntilTheDataEnds() throws {
    let task = LinearRegressionTask(rows: 10, batchSize: 4, passes: 100)
    let trainer = try trainer(task)
    var losses: [Double] = []
    while let outcome = try trainer.step() { losses.append(outcome.loss) }
    #expect(losses.count == 300 && trainer.iteration == 300)
    #expect(losses[0] > 1 && losses[299] < 1e-3)
    #expect(zip(task.values, LinearRegressionTask.truth).allSatisfy { abs($0 - $1) < 0.05 }, "\(task.values)")
  }

  /// Four, four and two rows are one step of ten, each row of which counts as much.
  @Test func gatheredBatchesCountByTheirRows() throws {
    let (whole, parts) = (
      LinearRegressionTask(rows: 10, batchSize: 10), LinearRegressionTask(rows: 10, batchSize: 4)
    )
    let (one, three) = (
      try trainer(whole, rule: StochasticGradientDescent()),
      try trainer(parts, rule: StochasticGradientDescent(), accumulating: 3, lossScale: .fixed(64))
    )
    let (expected, found) = (try #require(try one.step()), try #require(try three.step()))
    #expect(abs(expected.loss - found.loss) < 1e-6 && found.weight == 10)
    #expect(abs(expected.gradientNorm - found.gradientNorm) < 1e-5)
    #expect(whole.values != [0, 0, 0])
    #expect(zip(whole.values, parts.values).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(try three.step()?.loss == nil)
  }

  /// The last step has one batch in place of two, and is not half as long for it.
  @Test func theLastWindowMayBeShorter() throws {
    let task = LinearRegressionTask(rows: 10, batchSize: 4)
    let trainer = try trainer(task, rule: StochasticGradientDescent(), accumulating: 2)
    #expect(try trainer.step()?.weight == 8)
    let alone = LinearRegressionTask(rows: 10, batchSize: 4)
    for (own, other) in zip(alone.parameters, task.parameters) {
      own.variable.update { $0.copy(from: other.variable.value) }
    }
    _ = (alone.nextBatch(), alone.nextBatch())
    let last = try #require(try trainer.step())
    #expect(last.weight == 2)
    let other = try self.trainer(alone, rule: StochasticGradientDescent())
    let expected = try other.step(try #require(alone.nextBatch()))
    #expect(last.loss == expected.loss && last.gradientNorm == expected.gradientNorm)
    #expect(try trainer.step()?.loss == nil)
    #expect(task.seen.values == [10])
  }

  @Test(arguments: [1, 4, 9])
  func killedAndResumedItEndsAtTheSameBits(step: Int) throws {
    try withTemporaryFolder { folder in
      func task() -> LinearRegressionTask { LinearRegressionTask(rows: 10, batchSize: 3, passes: 5) }
      func finish(_ trainer: Trainer<LinearRegressionTask>) throws -> [Double] {
        var losses: [Double] = []
        while let outcome = try trainer.step() { losses.append(outcome.loss) }
        return losses
      }
      let scale = LossScale.dynamic(DynamicLossScaler(scale: 8, window: 3))
      let whole = task()
      let losses = try finish(try trainer(whole, accumulating: 2, lossScale: scale))
      let killed = try trainer(task(), accumulating: 2, lossScale: scale)
      for _ in 0..<step { _ = try killed.step() }
      try killed.save(to: folder + "/state.safetensors")
      let resumed = task()
      let second = try trainer(resumed, accumulating: 2, lossScale: scale)
      try second.resume(from: folder + "/state.safetensors")
      #expect(second.iteration == step)
      #expect(try finish(second) == Array(losses.dropFirst(step)))
      #expect(resumed.values.map(\.bitPattern) == whole.values.map(\.bitPattern))
      #expect(resumed.seen.values == [50])
    }
  }

  @Test func aStateOfAnotherTrainerIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/state.safetensors"
      try trainer(LinearRegressionTask(rows: 4, batchSize: 2)).save(to: path)
      let other = LinearRegressionTask(rows: 4, batchSize: 2)
      #expect(throws: CheckpointError.self) {
        try trainer(other, rule: StochasticGradientDescent()).resume(from: path)
      }
      #expect(other.values == [0, 0, 0])
    }
  }

  @Test func anOverflowIsSkippedAndNothingOfItIsCarried() throws {
    let task = LinearRegressionTask(rows: 4, batchSize: 2)
    let trainer = try trainer(task, lossScale: .dynamic(DynamicLossScaler(scale: 8)))
    try trainer.step(LinearRegressionTask.Batch(inputs: [1, 1], targets: [1]))
    let before = task.values
    let outcome = try trainer.step(LinearRegressionTask.Batch(inputs: [1, 1], targets: [.infinity]))
    #expect(outcome.isSkipped && task.values == before && task.seen.values == [1])
    #expect(trainer.updater.lossScale.value == 4 && trainer.iteration == 2)
    let plain = try self.trainer(task)
    #expect(throws: TrainingError.lossNotFinite(step: 1, rate: 0.05, isClipped: true)) {
      try plain.step(LinearRegressionTask.Batch(inputs: [1, 1], targets: [.nan]))
    }
    #expect(task.values == before)
  }

  @Test func aFrozenParameterStaysWhileTheOthersLearn() throws {
    let task = LinearRegressionTask(rows: 10, batchSize: 5, passes: 20)
    let trainer = try trainer(task, groups: [ParameterGroup("bias", isFrozen: true)])
    while try trainer.step() != nil {}
    #expect(task.values[0] > 0.5 && task.values[1] < -0.5 && task.values[2] == 0)
  }
}
