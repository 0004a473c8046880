import Corpora
import Models
import Optimization
import Tensors
import Testing

@testable import Training

@Suite struct AccumulationTests {
  private func model() throws -> LanguageModel {
    let model = try LanguageModel(LanguageModelConfiguration(vocabularySize: 9, embeddingSize: 6, hiddenSize: 8))
    model.initialize(seed: 4)
    return model
  }

  private func trainer(_ model: LanguageModel, rows: Int) -> LanguageModelTrainer {
    LanguageModelTrainer(
      model: model, optimizer: StochasticGradientDescent(), schedule: LearningRateSchedule(baseRate: 0.5), clip: 0,
      rows: rows, seed: 1, engine: Engine())
  }

  /// Rows of one batch of four, or of two batches of two that start from zero each: the same gradient, also when
  /// targets are masked unevenly.
  @Test func severalBatchesMakeTheStepOfOneLargeBatch() throws {
    let (steps, rows) = (5, 4)
    let tokens = (0..<steps * rows).map { (place: Int) -> Int32 in Int32(place * 7 % 9) }
    let targets = tokens.map { (token: Int32) -> Int32 in (token + 2) % 9 }
    let mask = (0..<steps * rows).map { (place: Int) -> Float in place % rows == 3 && place > 8 ? 0 : 1 }
    let start = (0..<steps * rows).map { (place: Int) -> Float in place < rows ? 1 : 0 }
    func part(_ chosen: Range<Int>) -> LanguageModelBatch {
      func rowsOf<Element>(_ values: [Element]) -> [Element] {
        (0..<steps).flatMap { step in chosen.map { values[step * rows + $0] } }
      }
      return batch(
        rows: chosen.count, inputs: rowsOf(tokens), targets: rowsOf(targets), resetMask: rowsOf(start),
        lossMask: rowsOf(mask))
    }
    let (large, small) = (try model(), try model())
    let whole = try trainer(large, rows: 4).step(part(0..<4))
    let gathered = try trainer(small, rows: 2).step([part(0..<2), part(2..<4)])
    #expect(abs(whole.loss - gathered.loss) < 1e-6)
    #expect(abs(whole.gradientNorm - gathered.gradientNorm) < 1e-6)
    #expect(whole.weight == gathered.weight)
    let (expected, found) = (values(of: large), values(of: small))
    for (name, numbers) in expected {
      let difference = zip(numbers, found[name] ?? []).map { abs($0 - $1) }.max() ?? .infinity
      #expect(difference < 1e-6, "\(name)")
    }
  }

  @Test func theStateRunsOnFromBatchToBatch() throws {
    let trainer = trainer(try model(), rows: 1)
    trainer.schedule = LearningRateSchedule(baseRate: 0)
    let batches = [[1, 2, 3], [4, 5, 6]].map { batch(rows: 1, inputs: $0, targets: $0) }
    try trainer.step(batches)
    let together = trainer.task.state.layers[0].hidden.values
    let other = self.trainer(try model(), rows: 1)
    other.schedule = LearningRateSchedule(baseRate: 0)
    for batch in batches { try other.step(batch) }
    #expect(other.task.state.layers[0].hidden.values == together)
    #expect(trainer.iteration == 1 && other.iteration == 2)
  }
}

@Suite struct HalfPrecisionStepTests {
  private func trainer(_ scale: LossScale) throws -> (LanguageModelTrainer, LanguageModel) {
    let model = try referenceModel()
    return (
      LanguageModelTrainer(
        model: model, optimizer: Adam(), schedule: LearningRateSchedule(baseRate: 0.01, decay: .linear, horizon: 10),
        clip: 0.5, rows: 2, seed: 1, engine: Engine(), lossScale: scale), model
    )
  }

  @Test func aScaledLossGivesTheSameSteps() throws {
    let (plain, model) = try trainer(.none)
    let (scaled, other) = try trainer(.dynamic(DynamicLossScaler(scale: 1024)))
    for _ in 0..<3 {
      let (one, two) = (
        try plain.step(LanguageModelTrainerTests.referenceBatch()),
        try scaled.step(LanguageModelTrainerTests.referenceBatch())
      )
      #expect(abs(one.loss - two.loss) < 1e-6 && abs(one.gradientNorm - two.gradientNorm) < 1e-5)
      #expect(two.lossScale == 1024 && !two.isSkipped)
    }
    for (name, expected) in values(of: model) {
      #expect(zip(expected, values(of: other)[name] ?? []).allSatisfy { abs($0 - $1) < 1e-5 }, "\(name)")
    }
  }

  /// A bias that is no number makes the loss none either; the run skips and then stops with advice.
  @Test(arguments: [LossScale.dynamic(DynamicLossScaler(scale: 8)), .fixed(4)])
  func overflowsSkipStepAndSchedule(scale: LossScale) throws {
    let (trainer, model) = try trainer(scale)
    try trainer.step(LanguageModelTrainerTests.referenceBatch())
    let rate = trainer.schedule.rate(afterSteps: 1)
    let bias = try #require(model.parameters.first { $0.path == "decoder.bias" })
    let good = bias.variable.value.values
    func set(_ values: [Float]) {
      bias.variable.update { $0.copy(from: Tensor(values, shape: [5])) }
    }
    set([0, .nan, 0, 0, 0])
    let hidden = trainer.task.state.layers[0].hidden.values
    let skipped = try trainer.step(LanguageModelTrainerTests.referenceBatch())
    #expect(skipped.isSkipped && !skipped.loss.isFinite)
    #expect(trainer.iteration == 2 && trainer.updater.stepCount == 1 && trainer.skippedInARow == 1)
    #expect(trainer.task.state.layers[0].hidden.values == hidden)
    set(good)
    let next = try trainer.step(LanguageModelTrainerTests.referenceBatch())
    #expect(!next.isSkipped && next.rate == rate && trainer.skippedInARow == 0)

    set([0, .nan, 0, 0, 0])
    var skips = 0
    let error = #expect(throws: TrainingError.self) {
      while true {
        try trainer.step(LanguageModelTrainerTests.referenceBatch())
        skips += 1
        try #require(skips < 100)
      }
    }
    // Dynamic: 4 → 2 → 1, and the overflow at 1 ends it.
    #expect(skips == (scale.isDynamic ? 2 : LossScale.patience))
    let sentence = error.map { "\($0)" } ?? ""
    #expect(
      sentence.hasSuffix(
        scale.isDynamic
          ? "although the loss scale has fallen to 1.0; nothing was saved since the last checkpoint"
          : "with a loss scale of 4.0"))
  }
}
