import CKernels

/// The type of a tensor's numbers; arithmetic is float32 whatever the type.
public enum ElementType: String, Sendable, CaseIterable {
  /// IEEE 754 single precision.
  case float32
  /// The upper half of a float32: 8 significant bits, the same range.
  case bfloat16
  /// IEEE 754 half precision: 11 significant bits, largest finite number 65,504.
  case float16
  /// Whole numbers in −128 ... 127, with a scale kept elsewhere.
  case int8

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .float32: 4
    case .bfloat16, .float16: 2
    case .int8: 1
    }
  }

  /// The kernels' name for the type.
  var kernelElement: ck_element {
    switch self {
    case .float32: CK_FLOAT32
    case .bfloat16: CK_BFLOAT16
    case .float16: CK_FLOAT16
    case .int8: CK_INT8
    }
  }
}
