import Corpora
import Models
import Optimization
import Tensors
import Testing

@testable import Training

/// States computed anew in the backward pass (`--chkpt-grad`).
@Suite struct RecomputationTests {
  private static func model(_ cell: CellKind, dropout: Double = 0) throws -> LanguageModel {
    let model = try LanguageModel(
      LanguageModelConfiguration(
        cell: cell, vocabularySize: 9, embeddingSize: 5, hiddenSize: 7, layerCount: 2, dropout: dropout))
    model.initialize(seed: 4)
    return model
  }

  /// Eleven steps of three rows, so four pieces of which the last is short; rows are reset inside and at borders.
  private static let window: LanguageModelBatch = {
    let (steps, rows) = (11, 3)
    let tokens = (0..<steps * rows).map { (place: Int) -> Int32 in Int32((place * 5 + place / 7) % 9) }
    var reset = [Float](repeating: 0, count: steps * rows)
    for (step, row) in [(0, 0), (4, 1), (6, 2), (8, 0)] { reset[step * rows + row] = 1 }
    let mask = (0..<steps * rows).map { (place: Int) -> Float in place % 11 == 10 ? 0 : 1 }
    let targets = tokens.map { (token: Int32) -> Int32 in (token * 2 + 1) % 9 }
    return batch(
      rows: rows, inputs: tokens, targets: targets, resetMask: reset, lossMask: mask)
  }()

  private static func trainer(_ model: LanguageModel, recomputing: Bool) -> LanguageModelTrainer {
    LanguageModelTrainer(
      model: model, optimizer: StochasticGradientDescent(), schedule: LearningRateSchedule(baseRate: 0.3), clip: 0,
      rows: 3, seed: 1, engine: Engine(), recomputesStates: recomputing)
  }

  @Test(arguments: CellKind.allCases)
  func theGradientIsThatOfTheWholeWindow(cell: CellKind) throws {
    let models = try [Self.model(cell), Self.model(cell)]
    let trainers = [Self.trainer(models[0], recomputing: false), Self.trainer(models[1], recomputing: true)]
    // The second step begins with a state that is not zero.
    for _ in 0..<3 {
      let outcomes = try trainers.map { try $0.step(Self.window) }
      #expect(abs(outcomes[0].loss - outcomes[1].loss) < 1e-6)
      #expect(abs(outcomes[0].gradientNorm - outcomes[1].gradientNorm) < 1e-5)
      for (one, two) in zip(trainers[0].task.state.layers, trainers[1].task.state.layers) {
        #expect(zip(one.hidden.values, two.hidden.values).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
    let (expected, found) = (values(of: models[0]), values(of: models[1]))
    for (name, numbers) in expected {
      let difference = zip(numbers, found[name] ?? []).map { abs($0 - $1) }.max() ?? .infinity
      #expect(difference < 1e-5, "\(name)")
    }
  }

  /// With dropout, the pieces that are read again repeat their masks: the gradient is the slope of the loss.
  @Test(arguments: [CellKind.multiplicativeLSTM, .gru])
  func repeatsItsDropout(cell: CellKind) throws {
    let model = try Self.model(cell, dropout: 0.4)
    let trainer = Self.trainer(model, recomputing: true)
    func windowLoss() -> Double {
      trainer.task.beginStep(77)
      return trainer.pass(Self.window, gradientScale: 1)
    }
    func clear() { for parameter in model.parameters { parameter.variable.clearGradient() } }
    _ = windowLoss()
    let gradients = model.parameters.map { $0.variable.gradient?.values ?? [] }
    clear()
    for (parameter, gradient) in zip(model.parameters, gradients) {
      let values = parameter.variable.value.values
      for index in [0, values.count / 2] {
        func loss(at value: Float) -> Double {
          var moved = values
          moved[index] = value
          parameter.variable.update { $0.copy(from: Tensor(moved, shape: parameter.shape)) }
          defer { clear() }
          return windowLoss()
        }
        let step: Float = 1e-2
        let slope = (loss(at: values[index] + step) - loss(at: values[index] - step)) / Double(2 * step)
        parameter.variable.update { $0.copy(from: Tensor(values, shape: parameter.shape)) }
        #expect(abs(slope - Double(gradient[index])) < 2e-3, "\(parameter.path) \(index): \(slope), \(gradient[index])")
      }
    }
  }

  @Test func aLossThatIsNotFiniteLeavesNoGradient() throws {
    let model = try Self.model(.lstm)
    let trainer = Self.trainer(model, recomputing: true)
    let bias = try #require(model.parameters.first { $0.path == "decoder.bias" })
    bias.variable.update { $0.fill(.nan) }
    #expect(throws: TrainingError.self) { try trainer.step(Self.window) }
    #expect(model.parameters.allSatisfy { $0.variable.gradient == nil })
  }
}
