/// Why JSON could not be parsed.
enum JSONFault: Error, Equatable {
  /// The bytes end before the value does.
  case incomplete
  /// At `offset` something else should stand.
  case malformed(offset: Int, expected: String)
}

/// Parses one JSON object in a run of UTF-8 bytes, keeping the values of the keys it is asked for.
///
/// Follows RFC 8259, and takes the `NaN` that Python writes for `null`, and its infinities where nobody asks for them; nesting is bounded. Of a key that occurs twice the last value counts.
struct JSONParser {
  /// The value of a wanted key.
  enum Value: Equatable {
    case absent
    case null
    case boolean(Bool)
    /// A number as written; the range is in the parsed bytes.
    case number(Range<Int>)
    /// A string; the range is in the parsed bytes, or in `scratch` when it had escapes.
    case string(Range<Int>, isInScratch: Bool)
    /// An object or an array.
    case nested
  }

  /// Deepest nesting of objects and arrays that is read.
  static let maximumDepth = 512

  private let keys: [[UInt8]]
  /// The values of the wanted keys, in their order.
  private(set) var values: [Value]
  private(set) var scratch: [UInt8] = []
  /// Whether a wanted key occurred twice in the last object.
  private(set) var hasRepeatedKey = false

  init(keys: [String]) {
    self.keys = keys.map { Array($0.utf8) }
    values = Array(repeating: .absent, count: keys.count)
  }

  /// Parses the object that starts at `start` and returns the offset behind it.
  mutating func parseObject(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(JSONFault) -> Int {
    for index in values.indices { values[index] = .absent }
    scratch.removeAll(keepingCapacity: true)
    hasRepeatedKey = false
    var cursor = JSONCursor(bytes, at: start)
    try cursor.expect(UInt8(ascii: "{"), named: "an object")
    try cursor.skipBlanks()
    if cursor.take(UInt8(ascii: "}")) { return cursor.position }
    while true {
      try cursor.skipBlanks()
      let key = try cursor.string(named: "a key in quotes", into: &scratch)
      try cursor.skipBlanks()
      try cursor.expect(UInt8(ascii: ":"), named: "a colon")
      try cursor.skipBlanks()
      if let wanted = index(of: key, in: bytes) {
        if values[wanted] != .absent { hasRepeatedKey = true }
        values[wanted] = try cursor.value(into: &scratch)
      } else {
        try cursor.skipValue(depth: 1)
      }
      try cursor.skipBlanks()
      if cursor.take(UInt8(ascii: "}")) { return cursor.position }
      try cursor.expect(UInt8(ascii: ","), named: "a comma or a closing brace")
    }
  }

  /// The keys of the object at `start`, for an error message.
  static func keys(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [String] {
    var found: [String] = []
    var cursor = JSONCursor(bytes, at: start + 1)
    do {
      while true {
        try cursor.skipBlanks()
        var scratch: [UInt8] = []
        let key = try cursor.string(named: "a key", into: &scratch)
        found.append(key.withBytes(of: bytes, scratch: scratch) { String(decoding: $0, as: UTF8.self) })
        try cursor.skipBlanks()
        try cursor.expect(UInt8(ascii: ":"), named: "a colon")
        try cursor.skipBlanks()
        try cursor.skipValue(depth: 1)
        try cursor.skipBlanks()
        try cursor.expect(UInt8(ascii: ","), named: "a comma")
      }
    } catch {
      return found
    }
  }

  /// Calls `body` with the bytes of a number or a string; nil for other values.
  func withText<Result>(
    of value: Value, in bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    switch value {
    case .number(let range): try body(UnsafeBufferPointer(rebasing: bytes[range]))
    case .string(let range, let isInScratch):
      try JSONString(range: range, isInScratch: isInScratch).withBytes(of: bytes, scratch: scratch, body)
    case .absent, .null, .boolean, .nested: nil
    }
  }

  private func index(of key: JSONString, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    key.withBytes(of: bytes, scratch: scratch) { name in
      keys.firstIndex { $0.count == name.count && $0.elementsEqual(name) }
    }
  }
}

/// Where the bytes of a parsed string stand.
struct JSONString {
  var range: Range<Int>
  var isInScratch: Bool

  func withBytes<Result>(
    of bytes: UnsafeBufferPointer<UInt8>, scratch: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    if isInScratch {
      return try scratch.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }
    return try body(UnsafeBufferPointer(rebasing: bytes[range]))
  }
}
