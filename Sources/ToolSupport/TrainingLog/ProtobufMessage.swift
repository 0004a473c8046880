/// The bytes of a protocol-buffer message, field after field.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  /// A whole number; negative ones take ten bytes, as the format wants it.
  mutating func add(_ field: Int, integer value: Int64) {
    add(varint: UInt64(field) << 3)
    add(varint: UInt64(bitPattern: value))
  }

  mutating func add(_ field: Int, double value: Double) {
    add(varint: UInt64(field) << 3 | 1)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ field: Int, float value: Float) {
    add(varint: UInt64(field) << 3 | 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ field: Int, text: String) { add(field, bytes: Array(text.utf8)) }

  mutating func add(_ field: Int, message: ProtobufMessage) { add(field, bytes: message.bytes) }

  private mutating func add(_ field: Int, bytes value: [UInt8]) {
    add(varint: UInt64(field) << 3 | 2)
    add(varint: UInt64(value.count))
    bytes += value
  }

  private mutating func add(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
