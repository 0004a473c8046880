import ArgumentParser
import Models
import Tensors

/// The element type of weights and operands.
public struct PrecisionOptions: ParsableArguments {
  /// `--precision`.
  @Option(
    name: .customLong("precision"), parsing: .unconditional,
    help: ArgumentHelp(
      "Element type of weights and operands: float32, bfloat16, float16 or, where nothing is trained, int8; sums and "
        + "master weights are float32 (default: float32).", valueName: "name"))
  public var chosenPrecision: Precision?

  /// `--fp16`.
  @Flag(name: .customLong("fp16"), help: "The same as --precision float16 (default: off).")
  public var halfPrecision = false

  /// The options at their defaults.
  public init() {}

  /// Checks that the two ways to say it agree.
  public mutating func validate() throws {
    guard halfPrecision, let chosen = chosenPrecision, chosen != .float16 else { return }
    throw ValidationError("--fp16 and --precision \(chosen.rawValue) exclude each other.")
  }

  /// Element type of weights and operands.
  public var precision: Precision { halfPrecision ? .float16 : chosenPrecision ?? .float32 }
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
