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

  static func sampler(rows: Int, sequenceLength: Int = 16) throws -> PackedSampler {
    try PackedSampler(measuring: texts(20), rows: rows, sequenceLength: sequenceLength)
  }

  @Test func repeatable() throws {
    let model = try Self.model()
    var sampler = try Self.sampler(rows: 3)
    let evaluator = LanguageModelEvaluator(engine: Engine())
    let first = try evaluator.loss(of: model, on: &sampler)
    #expect(try evaluator.loss(of: model, on: &sampler) == first)
    #expect(try evaluator.loss(of: model, on: &sampler, batches: 2) != first)
    #expect(sampler.delivered.targets == 2 * 3 * 16 - 3, "three texts follow another in the rows")
    #expect(try evaluator.loss(of: model, on: &sampler) == first)
    #expect(first > 4 && first < 7)
  }

  @Test(arguments: CellKind.allCases)
  func lossIsAPropertyOfTheTexts(cell: CellKind) throws {
    let model = try LanguageModel(LanguageModelConfiguration(cell: cell, embeddingSize: 6, hiddenSize: 10))
    model.initialize(seed: 3)
    let texts = CleanedTexts(
      TextStore((0..<50).map { "Text \($0)" + String(repeating: " is long", count: $0 * 7 % 23) }),
      cleaning: .processString)
    let evaluator = LanguageModelEvaluator(engine: Engine())
    let order = TextOrder.listed(try #require(try TextLengths(of: texts).longestFirst))
    var reference = try PackedSampler(measuring: texts, rows: 1, sequenceLength: 16)
    let expected = try evaluator.loss(of: model, on: &reference)
    for rows in [1, 3, 32] {
      for length in [16, 64] {
        for order in [.asTheyStand, order] {
          var sampler = try PackedSampler(measuring: texts, order: order, rows: rows, sequenceLength: length)
          let loss = try evaluator.loss(of: model, on: &sampler)
          #expect(abs(loss / expected - 1) < 1e-6, "\(rows) rows, \(length) steps: \(loss), not \(expected)")
          #expect(sampler.delivered.targets == reference.delivered.targets)
        }
      }
    }
    #expect(
      try reference.delivered.targets == (0..<texts.count).reduce(0) { try $0 + texts.tokens(at: $1).count - 1 })
  }

  /// What the mean must be, from each text alone.
  @Test func lossIsTheMeanOverTheTargetsOfEachText() throws {
    let (model, texts) = (try Self.model(), Self.texts(20))
    let engine = Engine()
    var (sum, count) = (0.0, 0.0)
    for index in 0..<texts.count {
      let tokens = try texts.tokens(at: index)
      let tape = Tape(engine, recording: false)
      let (logits, _) = model.logits(
        tokens: Array(tokens.dropLast()), rows: 1, resetMask: Array(repeating: 0, count: tokens.count - 1),
        state: RecurrentState(zerosFor: 1, configuration: model.configuration), on: tape)
      let loss = softmaxCrossEntropy(logits, targets: Array(tokens.dropFirst()), on: tape)
      sum += loss.value * loss.weight
      count += loss.weight
    }
    var sampler = try Self.sampler(rows: 3)
    let loss = try LanguageModelEvaluator(engine: engine).loss(of: model, on: &sampler)
    #expect(abs(loss / (sum / count) - 1) < 1e-6)
  }

  @Test func leavesTrainingAsIfItHadNotHappened() throws {
    func train(evaluating: Bool) throws -> (parameters: [String: [Float]], hidden: [Float]) {
      let model = try Self.model()
      let trainer = LanguageModelTrainerTests.trainer(model, rows: 4)
      var sampler = try ShardSampler(source: Self.texts(20), rows: 4, sequenceLength: 16, seed: 5)
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
