import ArgumentParser
import Tensors

/// What `--precision` and `--fp16` say together.
enum PrecisionChoice {
  /// The precision that was asked for; float32 when none was.
  static func resolve(_ chosen: Precision?, halfPrecision: Bool) -> Precision {
    halfPrecision ? .float16 : chosen ?? .float32
  }

  /// Refuses two that differ.
  static func requireAgreement(_ chosen: Precision?, halfPrecision: Bool) throws {
    guard halfPrecision, let chosen, chosen != .float16 else { return }
    throw ValidationError("--fp16 and --precision \(chosen.rawValue) exclude each other.")
  }
}
