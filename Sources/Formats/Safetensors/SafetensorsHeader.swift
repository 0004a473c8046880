import Files

/// The header of a safetensors file, with everything it claims checked against the size of the file.
package struct SafetensorsHeader {
  /// Free text by key.
  package let metadata: [String: String]

  /// The tensors in the order of their bytes.
  package let entries: [SafetensorsEntry]

  /// The largest header that is read, in bytes; the format's own limit.
  package static let greatestLength = 100_000_000

  /// The most tensors a file may hold.
  package static let greatestTensorCount = 100_000

  /// Reads and checks the header of `file`.
  package init(of file: MappedFile) throws {
    func refusal(_ reason: String) -> FormatError {
      .malformed(path: file.path, reason: "it is not a safetensors file: \(reason)")
    }
    guard file.count >= 8 else { throw FormatError.truncated(path: file.path, expected: 8, found: file.count) }
    let claimed = file.withBytes(0..<8) { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard claimed <= Self.greatestLength else {
      throw refusal("its header would be \(claimed) bytes long, more than \(Self.greatestLength)")
    }
    let length = Int(claimed)
    guard file.count - 8 >= length else {
      throw FormatError.truncated(path: file.path, expected: 8 + length, found: file.count)
    }
    var parser = SafetensorsHeaderParser(bytes: file.bytes(8..<8 + length))
    do {
      try parser.parse()
    } catch let error as HeaderSyntaxError {
      throw refusal("\(error.reason) at byte \(8 + error.offset)")
    }
    metadata = parser.metadata
    entries = try Self.entries(parser.tensors, dataStart: 8 + length, file: file, refusal)
  }

  /// Checks that the tensors cover the bytes from `dataStart` to the end of the file, each byte once.
  private static func entries(
    _ tensors: [SafetensorsHeaderParser.RawTensor], dataStart: Int, file: MappedFile,
    _ refusal: (String) -> FormatError
  ) throws -> [SafetensorsEntry] {
    let ordered = tensors.enumerated().sorted {
      ($0.element.begin, $0.element.end, $0.offset) < ($1.element.begin, $1.element.end, $1.offset)
    }
    var position = 0
    let entries = try ordered.map { _, tensor in
      let name = tensor.name.quoted
      guard let type = StoredType(safetensorsName: tensor.type) else {
        let known = StoredType.allCases.map(\.safetensorsName).joined(separator: ", ")
        throw FormatError.unsupported(
          path: file.path,
          feature: "tensor \(name) has the element type \(tensor.type.quoted), which is none of \(known)")
      }
      guard tensor.begin <= tensor.end else {
        throw refusal("tensor \(name) ends at \(tensor.end), before its start at \(tensor.begin)")
      }
      guard let byteCount = TensorShape.byteCount(tensor.shape, elementBytes: type.byteCount),
        byteCount == tensor.end - tensor.begin
      else {
        throw refusal(
          "tensor \(name) of shape \(tensor.shape) and type \(tensor.type) has \(tensor.end - tensor.begin) bytes")
      }
      guard tensor.begin == position else {
        let what = tensor.begin < position ? "overlaps the one before it" : "leaves a gap before it"
        throw refusal("tensor \(name) \(what): it starts at \(tensor.begin), not \(position)")
      }
      guard tensor.end <= file.count - dataStart else {
        let (expected, overflow) = dataStart.addingReportingOverflow(tensor.end)
        throw FormatError.truncated(
          path: file.path, expected: overflow ? Int.max : expected, found: file.count)
      }
      position = tensor.end
      return SafetensorsEntry(
        name: tensor.name, type: type, shape: tensor.shape, bytes: dataStart + tensor.begin..<dataStart + tensor.end)
    }
    guard dataStart + position == file.count else {
      throw refusal("bytes are left over behind its last tensor: \(file.count - dataStart - position)")
    }
    return entries
  }
}
