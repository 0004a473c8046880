/// The element types that files hold.
///
/// In memory everything becomes float32, float64 or int64.
public enum StoredType: String, Sendable, CaseIterable {
  /// IEEE 754 binary64.
  case float64
  /// IEEE 754 binary32.
  case float32
  /// IEEE 754 binary16: 5 exponent bits, 10 fraction bits.
  case float16
  /// The upper half of binary32: 8 exponent bits, 7 fraction bits.
  case bfloat16
  /// Signed, 8 bytes.
  case int64
  /// Signed, 4 bytes.
  case int32
  /// Signed, 2 bytes.
  case int16
  /// Signed, 1 byte.
  case int8
  /// Unsigned, 1 byte.
  case uint8
  /// One byte, 0 for false.
  case bool

  /// Size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// Whether the type has fractions.
  public var isFloatingPoint: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    case .int64, .int32, .int16, .int8, .uint8, .bool: false
    }
  }

  /// The type's name in a safetensors header, such as `BF16`.
  public var safetensorsName: String {
    switch self {
    case .float64: "F64"
    case .float32: "F32"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .int64: "I64"
    case .int32: "I32"
    case .int16: "I16"
    case .int8: "I8"
    case .uint8: "U8"
    case .bool: "BOOL"
    }
  }

  /// The type's descriptor in an npy header, such as `<f4`; NumPy has none for bfloat16.
  public var numpyDescriptor: String? {
    switch self {
    case .float64: "<f8"
    case .float32: "<f4"
    case .float16: "<f2"
    case .bfloat16: nil
    case .int64: "<i8"
    case .int32: "<i4"
    case .int16: "<i2"
    case .int8: "|i1"
    case .uint8: "|u1"
    case .bool: "|b1"
    }
  }

  /// The type named `name` in a safetensors header, nil when it is not one of these.
  public init?(safetensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = type
  }

  /// The type with the npy descriptor `descriptor`, nil when it is not one of these.
  public init?(numpyDescriptor descriptor: String) {
    guard let type = Self.allCases.first(where: { $0.numpyDescriptor == descriptor }) else { return nil }
    self = type
  }
}
