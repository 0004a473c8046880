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
  /// Whole numbers in −127 ... 127 with a scale for each row of a weight matrix; for evaluation only.
  case int8

  /// The precisions a model can be trained in.
  public static let forTraining: [Precision] = [.float32, .bfloat16, .float16]

  /// The type of a weight matrix as it is read by products.
  var weightType: ElementType {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .float16: .float16
    case .int8: .int8
    }
  }

  /// Bytes of a weight as it is read by products.
  public var weightByteCount: Int { weightType.byteCount }

  /// The type of what is multiplied by weights while a backward pass is to follow.
  public var trainingOperandType: ElementType { self == .int8 ? .float32 : weightType }

  /// The type of the activations kept for the backward pass.
  public var keptType: ElementType { self == .float16 ? .float16 : .float32 }

  /// The type of what is multiplied by weights in evaluation: narrower than float32 only where that makes it faster, and
  /// the same for one row as for many, so that a text's result does not depend on its neighbours.
  public var evaluationOperandType: ElementType { self == .bfloat16 ? .bfloat16 : .float32 }
}
