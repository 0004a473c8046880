import Files

/// Reads the JSON of a safetensors header, and no other JSON.
///
/// The header has a fixed form: an object of objects of strings and whole numbers. Reading just that form bounds the
/// depth by construction and the memory by the header's length; anything else is refused where it begins.
package struct SafetensorsHeaderParser {
  /// A tensor as the header states it, nothing of it checked yet.
  package struct RawTensor {
    let name: String
    let type: String
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  private(set) var metadata: [String: String] = [:]
  private(set) var tensors: [RawTensor] = []

  private var scanner: HeaderScanner

  package init(bytes: [UInt8]) {
    scanner = HeaderScanner(bytes: bytes)
  }

  /// Reads the whole header.
  ///
  /// Throws ``HeaderSyntaxError``.
  package mutating func parse() throws {
    guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.error("its header does not begin with a brace") }
    var names: Set<String> = []
    try parseObject { parser, name in
      guard names.insert(name).inserted else {
        throw parser.scanner.error("the name \(name.quoted) occurs twice")
      }
      if name == "__metadata__" {
        try parser.parseMetadata()
      } else {
        guard parser.tensors.count < SafetensorsHeader.greatestTensorCount else {
          throw parser.scanner.error("it holds more than \(SafetensorsHeader.greatestTensorCount) tensors")
        }
        try parser.parseTensor(name)
      }
    }
    scanner.skipSpace()
    guard scanner.isAtEnd else { throw scanner.error("something follows the closing brace of its header") }
  }

  private mutating func parseMetadata() throws {
    try parseObject { parser, key in
      let value = try parser.scanner.jsonString()
      guard parser.metadata.updateValue(value, forKey: key) == nil else {
        throw parser.scanner.error("the metadata key \(key.quoted) occurs twice")
      }
    }
  }

  private mutating func parseTensor(_ name: String) throws {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try parseObject { parser, key in
      switch key {
      case "dtype" where type == nil: type = try parser.scanner.jsonString()
      case "shape" where shape == nil: shape = try parser.parseNumbers(atMost: TensorShape.greatestRank)
      case "data_offsets" where offsets == nil: offsets = try parser.parseNumbers(atMost: 2)
      default: throw parser.scanner.error("tensor \(name.quoted) has the unknown or repeated key \(key.quoted)")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw scanner.error("tensor \(name.quoted) lacks its dtype, its shape or one of its two data_offsets")
    }
    tensors.append(RawTensor(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1]))
  }

  /// Reads an object and calls `member` for each key, standing before the value.
  private mutating func parseObject(_ member: (inout Self, String) throws -> Void) throws {
    try scanner.expect("{")
    if scanner.accept("}") { return }
    repeat {
      let key = try scanner.jsonString()
      try scanner.expect(":")
      try member(&self, key)
    } while scanner.accept(",")
    try scanner.expect("}")
  }

  private mutating func parseNumbers(atMost limit: Int) throws -> [Int] {
    try scanner.expect("[")
    if scanner.accept("]") { return [] }
    var numbers: [Int] = []
    repeat {
      guard numbers.count < limit else { throw scanner.error("a list has more than \(limit) numbers") }
      numbers.append(try scanner.wholeNumber())
    } while scanner.accept(",")
    try scanner.expect("]")
    return numbers
  }
}
