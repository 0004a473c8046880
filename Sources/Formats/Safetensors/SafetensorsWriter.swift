import Files

/// Writes safetensors files; the same tensors and metadata give the same bytes.
public enum SafetensorsWriter {
  /// Writes `tensors`, in this order, and `metadata` to `path` through ``AtomicFile``.
  ///
  /// The data begins on a multiple of 8 bytes, and tensors follow each other without gaps: those of 2-byte elements
  /// should come after those of 4 where alignment matters.
  ///
  /// Throws ``FormatError/writeFailed(path:reason:previousKept:)``, also when a name occurs twice or a shape does
  /// not fit its values.
  public static func write(
    tensors: [(name: String, values: TensorPayload)], metadata: [String: String] = [:], to path: String
  ) throws {
    try AtomicFile.write(to: path) { sink in
      try check(tensors, sink)
      let header = header(tensors: tensors, metadata: metadata)
      guard header.count - 8 <= SafetensorsHeader.greatestLength else {
        throw sink.failure("names and metadata take more than \(SafetensorsHeader.greatestLength) bytes")
      }
      try sink.write(header)
      for tensor in tensors { try tensor.values.write(to: sink) }
    }
  }

  /// Length and JSON of the header, padded with spaces to a multiple of 8 bytes.
  package static func header(tensors: [(name: String, values: TensorPayload)], metadata: [String: String]) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      // By bytes, because the order of strings depends on the Unicode version.
      let sorted = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let pairs = sorted.map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var offset = 0
    for (name, values) in tensors {
      let end = offset + values.byteCount
      let shape = values.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(JSONText.quoted(name)):{\"dtype\":\"\(values.type.safetensorsName)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json += [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
  }

  private static func check(_ tensors: [(name: String, values: TensorPayload)], _ sink: FileSink) throws {
    guard tensors.count <= SafetensorsHeader.greatestTensorCount else {
      throw sink.failure("there are more than \(SafetensorsHeader.greatestTensorCount) tensors")
    }
    var names: Set<String> = ["__metadata__"]
    for (name, values) in tensors {
      guard names.insert(name).inserted else {
        throw sink.failure("the tensor name \(name.quoted) is used twice or reserved")
      }
      guard values.hasMatchingShape else {
        throw sink.failure("tensor \(name.quoted) has \(values.count) values for shape \(values.shape)")
      }
      guard values.shape.count <= TensorShape.greatestRank else {
        throw sink.failure("tensor \(name.quoted) has more than \(TensorShape.greatestRank) dimensions")
      }
    }
  }
}
