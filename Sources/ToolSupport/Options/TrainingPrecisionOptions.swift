import ArgumentParser
import Optimization
import Tensors
import Training

/// The element type of a training run, and what keeps half-precision gradients in range.
public struct TrainingPrecisionOptions: ParsableArguments {
  /// The element type.
  @OptionGroup public var element: PrecisionOptions

  /// `--loss-scale`; default none.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With float16: a fixed factor of the loss that keeps small gradients from vanishing (default: a dynamic one).",
      valueName: "number"))
  public var lossScale: Double?

  /// `--dynamic-loss-scale`; default on with float16.
  @Flag(help: "With float16: a factor that is lowered on overflow and raised again (default: on, unless --loss-scale).")
  public var dynamicLossScale = false

  /// `--initial-loss-scale`; default 65536.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "First dynamic loss scale; earlier tools began at 4294967296 and skipped their first steps.", valueName: "number")
  )
  public var initialLossScale = DynamicLossScaler().scale

  /// `--loss-scale-factor`; default 2.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What the dynamic loss scale is divided or multiplied by.", valueName: "number"))
  public var lossScaleFactor = DynamicLossScaler().factor

  /// `--loss-scale-window`; default 1000.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps without overflow before the dynamic loss scale is raised.", valueName: "steps"))
  public var lossScaleWindow = DynamicLossScaler().window

  /// `--min-loss-scale`; default 1.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Lowest dynamic loss scale; an overflow there ends the run.", valueName: "number"))
  public var minLossScale = DynamicLossScaler().floor

  /// The options at their defaults.
  public init() {}

  /// Checks the numbers, and that loss scales come with float16.
  public mutating func validate() throws {
    if !Precision.forTraining.contains(precision) {
      throw ValidationError(
        "--precision \(precision.rawValue) is for evaluation; train in float32, bfloat16 or float16.")
    }
    if let lossScale { try Check.positive("--loss-scale", lossScale) }
    try Check.range("--loss-scale", lossScale, 0x1p-20...DynamicLossScaler.ceiling)
    try Check.range("--initial-loss-scale", initialLossScale, 1...DynamicLossScaler.ceiling)
    try Check.range("--loss-scale-factor", lossScaleFactor, 1.01...65_536)
    try Check.range("--loss-scale-window", lossScaleWindow, 1...Check.largestCount, "steps")
    try Check.range("--min-loss-scale", minLossScale, 0x1p-20...DynamicLossScaler.ceiling)
    if minLossScale > initialLossScale {
      throw ValidationError("--min-loss-scale must not be above --initial-loss-scale, where the scale begins.")
    }
    if let lossScale, lossScale != 1, dynamicLossScale {
      throw ValidationError("--loss-scale and --dynamic-loss-scale exclude each other; see --initial-loss-scale.")
    }
    if precision != .float16 {
      if dynamicLossScale { throw ValidationError("--dynamic-loss-scale needs --fp16.") }
      if lossScale ?? 1 != 1 { throw ValidationError("--loss-scale needs --fp16.") }
    }
  }

  /// Element type of operands.
  public var precision: Precision { element.precision }

  /// What the loss is multiplied by; nothing unless the operands are float16.
  public var resolvedLossScale: LossScale {
    guard precision == .float16 else { return .none }
    if let lossScale, !dynamicLossScale { return .fixed(lossScale) }
    return .dynamic(
      DynamicLossScaler(
        scale: initialLossScale, factor: lossScaleFactor, window: lossScaleWindow, floor: minLossScale))
  }

  func apply(to run: inout PretrainingConfiguration) {
    run.precision = precision
    run.lossScale = resolvedLossScale
  }
}
