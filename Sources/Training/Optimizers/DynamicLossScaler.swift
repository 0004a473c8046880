/// The factor that keeps half-precision gradients in range: halved when a gradient was not finite, doubled after a
/// window of finite ones.
///
/// After each attempted step: on overflow `scale ← max(scale / factor, 1)`; otherwise, when the number of steps since the
/// last overflow is a multiple of `window`, `scale ← scale · factor`.
public struct DynamicLossScaler: Sendable, Codable, Equatable {
  /// The current factor.
  public private(set) var scale: Double
  /// What the scale is multiplied or divided by; 2 by default.
  public let factor: Double
  /// Steps without overflow before the scale grows; 1000 by default.
  public let window: Int

  private var step = 0
  private var lastOverflow = -1

  /// Starts at `scale`, 2¹⁶ by default.
  public init(scale: Double = 65_536, factor: Double = 2, window: Int = 1000) {
    self.scale = scale
    self.factor = factor
    self.window = max(1, window)
  }

  /// Takes note of one attempted step.
  public mutating func update(overflowed: Bool) {
    if overflowed {
      scale = max(scale / factor, 1)
      lastOverflow = step
    } else if (step - lastOverflow) % window == 0 {
      scale *= factor
    }
    step += 1
  }
}
