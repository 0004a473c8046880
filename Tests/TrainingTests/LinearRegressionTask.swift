import Models
import Tensors
import Training

/// Least squares on plain arrays: `y ≈ w₁ a + w₂ b + bias`, over a number of passes.
final class LinearRegressionTask: TrainingTask {
  struct Batch {
    var inputs: [Float]
    var targets: [Float]
  }

  static let truth: [Float] = [2, -3, 1]

  let parameters = [
    NamedParameter("weight", Parameter(shape: [1, 2])), NamedParameter("bias", Parameter(shape: [1])),
  ]
  /// Rows learned from, as something that is carried.
  let seen = Tensor(zeros: [1])
  private(set) var position = 0
  private let (inputs, targets, batchSize): ([Float], [Float], Int)
  private let end: Int
  private var drawn = 0

  init(rows: Int, batchSize: Int, passes: Int = 1) {
    var generator = SeededGenerator(seed: 8)
    let inputs = (0..<2 * rows).map { _ in Float(2 * generator.uniform() - 1) }
    self.inputs = inputs
    targets = (0..<rows).map {
      Self.truth[0] * inputs[2 * $0] + Self.truth[1] * inputs[2 * $0 + 1] + Self.truth[2]
    }
    self.batchSize = batchSize
    end = rows * passes
  }

  var values: [Float] { parameters.flatMap(\.variable.value.values) }

  /// Passes end with a batch of what is left of the rows.
  func nextBatch() -> Batch? {
    guard position < end else { return nil }
    let first = position % targets.count
    let last = min(first + batchSize, targets.count)
    position += last - first
    return Batch(inputs: Array(inputs[2 * first..<2 * last]), targets: Array(targets[first..<last]))
  }

  func weight(of batch: Batch) -> Double { Double(batch.targets.count) }

  func beginStep(_ number: Int) { drawn = 0 }

  func loss(of batch: Batch, gradientScale: Double, on tape: Tape) -> BatchLoss {
    drawn += batch.targets.count
    let x = Variable(Tensor(batch.inputs, shape: [batch.targets.count, 2]), requiresGradient: false)
    let predictions = linear(x, weight: parameters[0].variable, bias: parameters[1].variable, on: tape)
    return BatchLoss(meanSquaredError(predictions, targets: batch.targets, on: tape))
  }

  func endStep(keeping isKept: Bool) {
    if isKept { seen.fill(seen.values[0] + Float(drawn)) }
  }

  var arrays: [(name: String, values: Tensor)] { [("rows.seen", seen)] }

  func restore(_ position: Int, integers: (String) throws -> [Int64]) { self.position = position }
}
