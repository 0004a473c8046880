import Foundation

/// Rows as JSON objects with the same keys, in one array or one a line.
public struct JSONWriter: Sendable {
  /// How objects are put together.
  public enum Form: Sendable {
    /// One compact array.
    case array
    /// One object a line, each ended by a line feed.
    case lines
  }

  /// How objects are put together.
  public let form: Form
  /// The keys of every object, in order.
  public let keys: [String]
  private var bytes: [UInt8]
  private let encodedKeys: [[UInt8]]
  private var isFirst = true

  /// A writer without rows.
  public init(keys: [String], form: Form) {
    self.keys = keys
    self.form = form
    encodedKeys = keys.map { key in
      var encoded: [UInt8] = []
      Self.append(string: key, to: &encoded)
      return encoded + [UInt8(ascii: ":")]
    }
    bytes = form == .array ? [UInt8(ascii: "[")] : []
  }

  /// Appends an object with one value for each key.
  public mutating func append(_ row: [OutputValue]) {
    precondition(row.count == keys.count, "\(row.count) values for \(keys.count) keys")
    if form == .array, !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes.append(UInt8(ascii: "{"))
    for (index, value) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: encodedKeys[index])
      append(value)
    }
    bytes.append(UInt8(ascii: "}"))
    if form == .lines { bytes.append(10) }
  }

  /// The bytes since the last call, which are then forgotten: a long table can be written in pieces.
  public mutating func takeData() -> Data {
    defer { bytes.removeAll(keepingCapacity: true) }
    return Data(bytes)
  }

  /// The bytes since the last call and the end of the array.
  public mutating func finish() -> Data {
    if form == .array { bytes += [UInt8(ascii: "]"), 10] }
    return takeData()
  }

  private mutating func append(_ value: OutputValue) {
    switch value {
    case .text(let text): Self.append(string: text, to: &bytes)
    case .bytes(let text): Self.append(string: String(decoding: text, as: UTF8.self), to: &bytes)
    case .boolean(let isTrue): bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    case .integer, .float, .real, .null: bytes.append(contentsOf: (value.number ?? "null").utf8)
    }
  }

  private static func append(string: String, to bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 10: bytes.append(contentsOf: "\\n".utf8)
      case 13: bytes.append(contentsOf: "\\r".utf8)
      case 9: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
