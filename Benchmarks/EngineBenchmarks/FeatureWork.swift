import Models
import Tensors

/// Reading texts for their features: hidden and cell states after every token, without gradients.
final class FeatureWork: BenchmarkWork {
  private let rows: Int
  private let tokens: [Int32]
  private let model: LanguageModel
  private let engine: Engine
  private var state: RecurrentState

  init(_ example: BenchmarkCase) throws {
    rows = example.rows
    tokens = example.randomTokens(seed: 2)
    model = try example.makeModel()
    engine = Engine(precision: example.precision)
    state = RecurrentState(zerosFor: rows, configuration: model.configuration)
  }

  func run(steps: Int) {
    state =
      model.encode(
        tokens: Array(tokens[..<(rows * steps)]), rows: rows, resetMask: nil, state: state, engine: engine
      ).state
  }
}
