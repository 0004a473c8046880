import Corpora
import Models
import Optimization
import Tensors
import Testing
import Training

@Suite struct LanguageModelTrainerTests {
  /// V 5, E 2, H 3; rows 1, 2, 3 and 4, 0, 3.
  static func referenceBatch(resetMask: [Float]? = nil) -> LanguageModelBatch {
    batch(rows: 2, inputs: [1, 4, 2, 0, 3, 3], targets: [2, 0, 3, 3, 4, 1], resetMask: resetMask)
  }

  static func trainer(
    _ model: LanguageModel, rows: Int = 2, rate: Double = 0.01, clip: Double = 0, seed: UInt64 = 1
  ) -> LanguageModelTrainer {
    LanguageModelTrainer(
      model: model, optimizer: Adam(), schedule: LearningRateSchedule(baseRate: rate), clip: clip, rows: rows,
      seed: seed, engine: Engine())
  }

  @Test func threeAdamUpdatesWithWeightNormalization() throws {
    let trainer = Self.trainer(try referenceModel())
    let losses = try [nil, [0, 0, 0, 1, 0, 0], nil].map { try trainer.step(Self.referenceBatch(resetMask: $0)).loss }
    #expect(
      zip(losses, [1.64422924, 1.67100675, 1.66219022]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(losses)")
    #expect(trainer.updater.stepCount == 3)
  }

  @Test func outcomeNamesNormRateAndTargets() throws {
    let trainer = Self.trainer(try referenceModel(), rate: 0.25, clip: 0.1)
    var masked = Self.referenceBatch()
    masked.lossMask = [1, 1, 1, 1, 1, 0]
    let outcome = try trainer.step(masked)
    #expect(abs(outcome.loss - 1.643479) < 1e-5)
    #expect(outcome.weight == 5)
    #expect(outcome.rate == 0.25)
    #expect(outcome.gradientNorm > 0.2)
  }

  @Test func aLossThatIsNotFiniteLeavesEverythingAsItWas() throws {
    let model = try referenceModel()
    let trainer = Self.trainer(model)
    try trainer.step(Self.referenceBatch())
    let bias = try #require(model.parameters.first { $0.path == "decoder.bias" })
    bias.variable.update { $0.copy(from: Tensor([0, .nan, 0, 0, 0], shape: [5])) }
    let before = values(of: model).mapValues { $0.map(\.bitPattern) }
    let moments = trainer.updater.state.map { $0.map(\.values) }
    let hidden = trainer.task.state.layers[0].hidden.values
    #expect(throws: TrainingError.lossNotFinite(step: 2, rate: 0.01, isClipped: false)) {
      try trainer.step(Self.referenceBatch())
    }
    #expect(values(of: model).mapValues { $0.map(\.bitPattern) } == before)
    #expect(trainer.updater.state.map { $0.map(\.values) } == moments)
    #expect(trainer.task.state.layers[0].hidden.values == hidden)
    #expect(trainer.updater.stepCount == 1)
    #expect(trainer.updater.parameters.allSatisfy { $0.variable.gradient == nil })
  }

  /// Enormous weights on a tiny embedding: the states are moderate, the embedding's gradient is infinite.
  @Test func aGradientThatIsNotFiniteIsRefusedToo() throws {
    let configuration = LanguageModelConfiguration(
      cell: .relu, vocabularySize: 5, embeddingSize: 2, hiddenSize: 3, usesWeightNormalization: false)
    let model = try LanguageModel(configuration)
    model.initialize(seed: 1)
    for parameter in model.parameters {
      switch parameter.path {
      case "embedding.weight": parameter.variable.update { $0.fill(2e-38) }
      case "layers.0.inputWeight": parameter.variable.update { $0.fill(3e38) }
      case "decoder.weight":
        let signs = (0..<15).map { Float($0 / 3 % 2 == 0 ? 100 : -100) }
        parameter.variable.update { $0.copy(from: Tensor(signs, shape: [5, 3])) }
      default: parameter.variable.update { $0.fill(0) }
      }
    }
    let trainer = Self.trainer(model)
    let before = values(of: model)
    #expect(throws: TrainingError.lossNotFinite(step: 1, rate: 0.01, isClipped: false)) {
      try trainer.step(Self.referenceBatch())
    }
    #expect(values(of: model) == before)
    #expect(trainer.updater.stepCount == 0)
    #expect(trainer.updater.parameters.allSatisfy { $0.variable.gradient == nil })
  }

  @Test(arguments: CellKind.allCases)
  func sameSeedSameNumbers(cell: CellKind) throws {
    func run(seed: UInt64) throws -> [String: [Float]] {
      let model = try LanguageModel(
        LanguageModelConfiguration(
          cell: cell, vocabularySize: 9, embeddingSize: 6, hiddenSize: 8, layerCount: 2, dropout: 0.3))
      model.initialize(seed: 4)
      let trainer = Self.trainer(model, seed: seed)
      for step in 0..<5 {
        let tokens = (0..<8).map { Int32(($0 * 5 + step) % 9) }
        try trainer.step(batch(rows: 2, inputs: tokens, targets: tokens.map { ($0 + 1) % 9 }))
      }
      return values(of: model)
    }
    let first = try run(seed: 7)
    #expect(try run(seed: 7) == first)
    #expect(try run(seed: 8) != first)
  }

  @Test(arguments: CellKind.allCases)
  func learnsACycleOfTokens(cell: CellKind) throws {
    let model = try LanguageModel(
      LanguageModelConfiguration(cell: cell, vocabularySize: 6, embeddingSize: 8, hiddenSize: 16))
    model.initialize(seed: 2)
    let trainer = Self.trainer(model, rate: 0.02, clip: 1)
    let tokens = (0..<20).map { Int32($0 / 2 % 5 + 1) }
    let targets = tokens.map { $0 % 5 + 1 }
    var loss = 0.0
    for _ in 0..<60 { loss = try trainer.step(batch(rows: 2, inputs: tokens, targets: targets)).loss }
    #expect(loss < 0.1)
  }
}
