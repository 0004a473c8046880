import Models
import Tensors

/// A prepared case that can be run again and again.
protocol BenchmarkWork: AnyObject {
  /// Runs `steps` time steps of the whole batch, going on from where the last run ended.
  func run(steps: Int) throws
}

extension BenchmarkCase {
  /// Builds the model and whatever else a run needs.
  func makeWork() throws -> any BenchmarkWork {
    switch mode {
    case .train: try TrainingWork(self)
    case .features: try FeatureWork(self)
    case .generate: try GenerationWork(self)
    }
  }

  /// Tokens of real bytes, time-major, the same in every run.
  func randomTokens(seed: UInt64) -> [Int32] {
    var generator = SeededGenerator(seed: seed)
    return (0..<rows * steps).map { _ in Int32(1 + generator.next() % 256) }
  }
}
