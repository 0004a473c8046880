/// The factor that keeps half-precision gradients in range: lowered when a gradient was not finite, raised after a
/// window of finite ones.
///
/// After each attempted step: on overflow `scale ← max(scale / factor, floor)`; otherwise, when the number of steps since
/// the last overflow is a multiple of `window`, `scale ← scale · factor`.
public struct DynamicLossScaler: Sendable, Codable, Equatable {
  /// 2¹⁶: as large as gradients of mean losses bear as a rule, so that a run does not begin with skipped steps.
  public static let defaultScale = 65_536.0
  /// The first scale of earlier tools, 2³²: about sixteen skipped steps at the start of every run.
  public static let historicalScale = 4_294_967_296.0
  /// The largest scale: beyond it float32 sums of squared gradients could overflow themselves.
  public static let ceiling = 0x1p40

  /// The current factor.
  public private(set) var scale: Double
  /// What the scale is multiplied or divided by; 2 by default.
  public let factor: Double
  /// Steps without overflow before the scale grows; 1000 by default.
  public let window: Int
  /// The scale does not fall below this; 1 by default.
  public let floor: Double

  private var step = 0
  private var lastOverflow = -1

  /// Starts at `scale`.
  public init(
    scale: Double = DynamicLossScaler.defaultScale, factor: Double = 2, window: Int = 1000, floor: Double = 1
  ) {
    self.floor = floor
    self.scale = max(scale, floor)
    self.factor = factor
    self.window = max(1, window)
  }

  /// Whether the scale can fall no further.
  public var isAtFloor: Bool { scale <= floor }

  /// Takes note of one attempted step.
  public mutating func update(overflowed: Bool) {
    if overflowed {
      scale = max(scale / factor, floor)
      lastOverflow = step
    } else if (step - lastOverflow) % window == 0 {
      scale = max(scale, min(scale * factor, Self.ceiling))
    }
    step += 1
  }

  /// Whether the counts can be those of a run.
  var isSound: Bool {
    let counts = 0...(1 << 53)
    return counts.contains(step) && (-1...step).contains(lastOverflow) && counts.contains(window) && window > 0
  }

  /// Whether both grow and fall by the same rule.
  func hasSameRule(as other: DynamicLossScaler) -> Bool {
    factor == other.factor && window == other.window && floor == other.floor
  }
}
