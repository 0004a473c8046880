import Corpora
import Models
import Tensors
import Testing
import Training

@Suite struct EvaluationTests {
  static func texts(_ count: Int) -> CleanedTexts {
    CleanedTexts(
      TextStore((0..<count).map { "text number \($0) says \($0 * $0)" }), cleaning: .processString)
  }

  static func model() throws -> LanguageModel {
    let model = try LanguageModel(LanguageModelConfiguration(embeddingSize: 6, hiddenSize: 10))
    model.initialize(seed: 3)
    return model
  }

  static func sampler(rows: Int, sequenceLength: Int = 16) throws -> ShardSampler {
    try ShardSampler(source: texts(20), rows: rows, sequenceLength: sequenceLength, seed: 5)
  }

  @Test func repeatable() throws {
    let model = try Self.model()
    var sampler = try Self.sampler(rows: 3)
    let evaluator = LanguageModelEvaluator(engine: Engine())
    let first = try evaluator.loss(of: model, on: &sampler, batches: 7)
    #expect(try evaluator.loss(of: model, on: &sampler, batches: 7) == first)
    _ = try evaluator.loss(of: model, on: &sampler, batches: 2)
    #expect(try evaluator.loss(of: model, on: &sampler, batches: 7) == first)
    #expect(first > 4 && first < 7)
  }

  /// With fewer than a whole shard read, one row of S·k steps sees what k batches of S steps see.
  @Test func lossIsTheMeanOverTargetsHoweverTheyAreCut() throws {
    let model = try Self.model()
    let evaluator = LanguageModelEvaluator(engine: Engine())
    var short = try Self.sampler(rows: 2, sequenceLength: 8)
    var long = try Self.sampler(rows: 2, sequenceLength: 32)
    let inPieces = try evaluator.loss(of: model, on: &short, batches: 8)
    let atOnce = try evaluator.loss(of: model, on: &long, batches: 2)
    #expect(abs(inPieces - atOnce) < 1e-6)
  }

  @Test func leavesTrainingAsIfItHadNotHappened() throws {
    func train(evaluating: Bool) throws -> (parameters: [String: [Float]], hidden: [Float]) {
      let model = try Self.model()
      let trainer = LanguageModelTrainerTests.trainer(model, rows: 4)
      var sampler = try Self.sampler(rows: 4)
      // Of another batch size than training.
      var held = try Self.sampler(rows: 7)
      for _ in 0..<6 {
        try trainer.step(try sampler.nextBatch())
        if evaluating { _ = try LanguageModelEvaluator(engine: Engine()).loss(of: model, on: &held, batches: 3) }
      }
      return (values(of: model), trainer.task.state.layers[0].hidden.values)
    }
    let (plain, evaluated) = (try train(evaluating: false), try train(evaluating: true))
    #expect(plain.parameters == evaluated.parameters)
    #expect(plain.hidden == evaluated.hidden)
  }

  @Test(arguments: [1, 2, 5, 16])
  func anyNumberOfRows(rows: Int) throws {
    var sampler = try Self.sampler(rows: rows)
    let loss = try LanguageModelEvaluator(engine: Engine()).loss(of: try Self.model(), on: &sampler, batches: 4)
    #expect(loss > 4 && loss < 7)
  }

  @Test func dropoutIsOff() throws {
    var configuration = LanguageModelConfiguration(embeddingSize: 6, hiddenSize: 10)
    var losses: [Double] = []
    for dropout in [0, 0.9] {
      configuration.dropout = dropout
      let model = try LanguageModel(configuration)
      model.initialize(seed: 3)
      var sampler = try Self.sampler(rows: 3)
      losses.append(try LanguageModelEvaluator(engine: Engine()).loss(of: model, on: &sampler, batches: 4))
    }
    #expect(losses[0] == losses[1])
  }
}
