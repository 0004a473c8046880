/// The element type in which a model's operands are held while it computes.
///
/// Sums, states, gate arithmetic, master weights and optimizer state are float32 whatever the precision.
public enum Precision: String, Sendable, CaseIterable, Codable {
  /// 24 significant bits; exact to the library's rounding.
  case float32
  /// 8 significant bits with float32's range: products about twice as fast where the processor has bf16 instructions.
  case bfloat16
  /// 11 significant bits, largest number 65,504: half the memory, and gradients that need a loss scale.
  case float16
}
