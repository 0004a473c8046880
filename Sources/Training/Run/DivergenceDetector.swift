/// What is done when a run diverges.
public enum DivergenceResponse: String, Sendable, Codable, CaseIterable {
  /// Nothing; only a loss that is no number ends the run.
  case ignore
  /// It is said; only a loss that is no number ends the run.
  case warn
  /// The run ends.
  case stop
  /// The run goes back to its last checkpoint and on from there with other text and half the learning rate.
  case rollback
}

/// Notices when the loss of a run leaves the range it has kept.
///
/// A running mean μ and deviation σ of the loss are kept, each step weighing 0.02. After ``warmup`` steps a loss above
/// `μ + max(8 σ, μ / 2)` is a spike.
public struct DivergenceDetector: Sendable, Codable, Equatable {
  /// Steps before the first verdict.
  public static let warmup = 50
  private static let weight = 0.02

  /// The running mean.
  public private(set) var mean = 0.0
  private var variance = 0.0
  private var count = 0
  private var isSpiking = false

  /// A detector that has seen nothing.
  public init() {}

  /// The largest loss that is no spike; `nil` during the warm-up.
  public var limit: Double? {
    count >= Self.warmup ? mean + max(8 * variance.squareRoot(), mean / 2) : nil
  }

  /// Whether the count can be that of a run.
  var isSound: Bool { (0...TrainerPlace.greatestStep).contains(count) }

  /// Takes in the loss of a step.
  ///
  /// A spike enters the mean only up to the limit, so that a lasting change of the text is forgiven in time.
  ///
  /// - Returns: whether a spike begins with this step.
  public mutating func observe(_ loss: Double) -> Bool {
    let isAbove = limit.map { loss > $0 } ?? false
    let begins = isAbove && !isSpiking
    isSpiking = isAbove
    let value = min(loss, limit ?? loss)
    // The mean of all values as long as there are few of them.
    let weight = max(Self.weight, 1 / Double(count + 1))
    let difference = value - mean
    mean += weight * difference
    variance = (1 - weight) * (variance + weight * difference * difference)
    count += 1
    return begins
  }
}
