import ArgumentParser
import Models
import Tensors

/// The element type of weights and operands where nothing is trained.
public struct EvaluationPrecisionOptions: ParsableArguments {
  /// `--precision`; default float32.
  @Option(
    name: .customLong("precision"), parsing: .unconditional,
    help: ArgumentHelp(
      "Element type of weights: float32, bfloat16, float16 or int8; sums are float32 (default: float32).",
      valueName: "name"))
  public var chosenPrecision: Precision?

  /// `--fp16`; default off.
  @Flag(name: .customLong("fp16"), help: "The same as --precision float16 (default: off).")
  public var halfPrecision = false

  /// The options at their defaults.
  public init() {}

  /// Checks that the two ways to say it agree.
  public mutating func validate() throws {
    try PrecisionChoice.requireAgreement(chosenPrecision, halfPrecision: halfPrecision)
  }

  /// Element type of weights and operands.
  public var precision: Precision { PrecisionChoice.resolve(chosenPrecision, halfPrecision: halfPrecision) }
}

extension PrecisionReport {
  /// One line for a person, for example `weights in int8, relative error 0.71 %`.
  public var sentence: String {
    "weights in \(precision.rawValue), relative error \(TextFormat.decimals(weightError * 100, 3)) %"
      + (isNative || precision == .float16
        ? ""
        : "; this processor has no \(precision.rawValue) instructions, so that products go the slower way over float32")
  }
}
