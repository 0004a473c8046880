import Models
import Optimization
import Tensors
import Training

/// Training on one batch: the state is carried, gradients are clipped to norm 1, Adam moves the parameters.
final class TrainingWork: BenchmarkWork {
  private let rows: Int
  private let tokens: [Int32]
  private let targets: [Int32]
  private let model: LanguageModel
  private let updater: ParameterUpdater
  private let engine: Engine
  private var state: RecurrentState

  init(_ example: BenchmarkCase) throws {
    rows = example.rows
    tokens = example.randomTokens(seed: 2)
    targets = example.randomTokens(seed: 3)
    model = try example.makeModel()
    updater = ParameterUpdater(Adam(), parameters: model.parameters)
    engine = Engine(precision: example.precision)
    state = RecurrentState(zerosFor: rows, configuration: model.configuration)
  }

  func run(steps: Int) {
    let count = rows * steps
    let tape = Tape(engine, recording: true)
    let (logits, next) = model.logits(
      tokens: Array(tokens[..<count]), rows: rows, resetMask: nil, state: state, on: tape)
    let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: Array(targets[..<count]), on: tape)
    tape.backward(from: loss.variable)
    updater.step(rate: 1e-3, clip: 1)
    state = next
  }
}
