import Foundation

/// The learning rate as a function of the number of completed steps.
public struct LearningRateSchedule: Sendable, Codable, Equatable {
  /// How the rate falls after warming up.
  public enum Decay: String, Sendable, Codable, CaseIterable {
    /// Stays at the base rate.
    case constant
    /// Falls on a straight line to zero, not below ``LearningRateSchedule/floor``.
    case linear
    /// Falls on half a cosine to zero.
    case cosine
    /// Falls by equal factors to a hundredth of the base rate.
    case exponential
    /// Rises from a hundredth of the base rate to all of it at ``LearningRateSchedule/warmupSteps``, then falls back on a
    /// straight line (Howard and Ruder 2018).
    case slantedTriangle
  }

  /// The lowest rate of the linear decay, unless the base rate is lower still.
  public static let floor = 1e-8

  /// The highest rate.
  public var baseRate: Double
  /// How it falls.
  public var decay: Decay
  /// Steps of rising: step n (from 1) of the warm-up uses `baseRate · n / warmupSteps`.
  public var warmupSteps: Double
  /// Step at which the decay ends; the rate is held afterwards.
  public var horizon: Double

  /// Describes a schedule; the defaults are a constant rate.
  public init(baseRate: Double, decay: Decay = .constant, warmupSteps: Double = 0, horizon: Double = 1) {
    self.baseRate = baseRate
    self.decay = decay
    self.warmupSteps = max(0, warmupSteps)
    self.horizon = max(1, horizon)
  }

  /// The rate of the step that follows `completedSteps` steps.
  ///
  /// The decay begins at the last step of the warm-up, so its first value is the base rate whether there was one or not.
  public func rate(afterSteps completedSteps: Int) -> Double {
    let n = Double(completedSteps)
    if decay == .slantedTriangle { return slantedTriangle(n) }
    if n + 1 < warmupSteps { return baseRate * (n + 1) / warmupSteps }
    let start = max(0, warmupSteps - 1)
    let progress = horizon > start ? min(1, max(0, (n - start) / (horizon - start))) : 1
    switch decay {
    case .constant, .slantedTriangle: return baseRate
    case .linear: return max(min(Self.floor, baseRate), baseRate * (1 - progress))
    case .cosine: return baseRate / 2 * (1 + cos(.pi * progress))
    case .exponential: return baseRate * pow(0.01, progress)
    }
  }

  private func slantedTriangle(_ n: Double) -> Double {
    let lowest = baseRate / 100
    let part =
      n <= warmupSteps
      ? (warmupSteps > 0 ? n / warmupSteps : 1)
      : horizon > warmupSteps ? max(0, 1 - (n - warmupSteps) / (horizon - warmupSteps)) : 0
    return lowest + (baseRate - lowest) * part
  }
}
