/// What the loss is multiplied by before the backward pass, so that small gradients survive half precision.
public enum LossScale: Sendable, Codable, Equatable {
  /// No scale, and a gradient that is not finite ends the run: float32 and bfloat16.
  case none
  /// One number; a step whose gradient is not finite is skipped.
  case fixed(Double)
  /// A number that follows what the gradients bear.
  case dynamic(DynamicLossScaler)

  /// Steps in a row that may be skipped under a fixed scale.
  public static let patience = 25

  /// The current factor.
  public var value: Double {
    switch self {
    case .none: 1
    case .fixed(let scale): scale
    case .dynamic(let scaler): scaler.scale
    }
  }

  /// Whether a gradient that is not finite means a skipped step rather than the end.
  public var skipsOverflows: Bool { self != .none }

  /// Whether the scale follows the gradients.
  public var isDynamic: Bool { if case .dynamic = self { true } else { false } }

  /// How the factor is found, without where it stands.
  package var rule: String {
    switch self {
    case .none: "none"
    case .fixed(let scale): "\(scale)"
    case .dynamic: "dynamic"
    }
  }

  /// Takes note of one attempted step.
  public mutating func update(overflowed: Bool) {
    guard case .dynamic(var scaler) = self else { return }
    scaler.update(overflowed: overflowed)
    self = .dynamic(scaler)
  }

  /// Whether an overflow now leaves nothing to try.
  ///
  /// - Parameter skippedInARow: steps skipped before this one without a good one between.
  package func isExhausted(skippedInARow: Int) -> Bool {
    switch self {
    case .none: true
    case .fixed: skippedInARow >= Self.patience
    case .dynamic(let scaler): scaler.isAtFloor
    }
  }

  /// Whether what was saved can be that of a run.
  package var isSound: Bool { if case .dynamic(let scaler) = self { scaler.isSound } else { true } }

  /// The saved scale where it follows the rule asked for now, else the one asked for.
  package func resuming(_ saved: LossScale) -> LossScale {
    switch (self, saved) {
    case (.dynamic(let wanted), .dynamic(let found)) where wanted.hasSameRule(as: found): saved
    default: self
    }
  }
}
