import Models
import Tensors

/// Writing text: one row, one byte at a time, each the most probable after the one before.
final class GenerationWork: BenchmarkWork {
  private let model: LanguageModel
  private let engine: Engine
  private var state: RecurrentState
  private var token: Int32 = 1

  init(_ example: BenchmarkCase) throws {
    model = try example.makeModel()
    engine = Engine(precision: example.precision)
    state = RecurrentState(zerosFor: 1, configuration: model.configuration)
  }

  func run(steps: Int) {
    for _ in 0..<steps {
      state = model.encode(tokens: [token], rows: 1, resetMask: nil, state: state, engine: engine).state
      let scores = model.decode(state.layers[state.layers.count - 1].hidden, engine: engine)
      token = scores.withUnsafeElements { scores in
        Int32(scores.indices.max { scores[$0] < scores[$1] } ?? 0)
      }
    }
  }
}
