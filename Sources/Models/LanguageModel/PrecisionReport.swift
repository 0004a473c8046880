import Tensors

/// What computing a model in another precision than float32 means on this machine.
public struct PrecisionReport: Sendable, Equatable {
  /// The precision.
  public var precision: Precision
  /// `‖w − rounded(w)‖ / ‖w‖` over all weight matrices.
  public var weightError: Double
  /// Whether products run on the processor's own instructions for this precision.
  public var isNative: Bool
}

extension LanguageModel {
  /// What the engine's precision does to the weights; `nil` in float32.
  public func precisionReport(for engine: Engine) -> PrecisionReport? {
    guard engine.precision != .float32 else { return nil }
    var (errors, norms) = (0.0, 0.0)
    for matrix in weightMatrices {
      let (error, norm) = engine.precision.roundingError(of: matrix)
      errors += error * error
      norms += norm * norm
    }
    return PrecisionReport(
      precision: engine.precision, weightError: norms > 0 ? (errors / norms).squareRoot() : 0,
      isNative: engine.isPrecisionNative)
  }
}
