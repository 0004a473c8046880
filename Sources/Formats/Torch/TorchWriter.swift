import Files

/// Writes files that `torch.load(path, weights_only=True)` reads.
package enum TorchWriter {
  /// Writes `value` through ``AtomicFile``; tensors of the same storage share it in the file.
  package static func write(_ value: PythonValue, container: TorchFile.Container = .zip, to path: String) throws {
    try AtomicFile.write(to: path) { sink in
      var storages = Storages()
      storages.collect(value)
      var pickle = PickleWriter(namesView: container == .sequential) { storages.key(of: $0) }
      pickle.write(value)
      switch container {
      case .zip: try writeArchive(pickle.finished(), storages, to: sink)
      case .sequential: try writeSequence(pickle.finished(), storages, to: sink)
      }
    }
  }

  private static func writeArchive(_ pickle: [UInt8], _ storages: Storages, to sink: FileSink) throws {
    var archive = ZipWriter(sink)
    try archive.add("archive/data.pkl", pickle)
    try archive.add("archive/byteorder", Array("little".utf8))
    for (key, values) in storages.ordered { try archive.add("archive/data/\(key)", values) }
    try archive.add("archive/version", Array("3\n".utf8))
    try archive.finish()
  }

  private static func writeSequence(_ pickle: [UInt8], _ storages: Storages, to sink: FileSink) throws {
    try sink.write(TorchFile.sequentialMark + TorchFile.magicNumber + [PickleOpcode.stop.rawValue])
    try sink.write(PickleWriter.pickle(.integer(TorchFile.layoutVersion)))
    let sizes = PythonValue.dictionary([("short", .integer(2)), ("int", .integer(4)), ("long", .integer(4))])
    try sink.write(
      PickleWriter.pickle(
        .dictionary([
          ("protocol_version", .integer(TorchFile.layoutVersion)), ("little_endian", .boolean(true)),
          ("type_sizes", sizes),
        ])))
    try sink.write(pickle)
    // Readers of old files expect the keys sorted as texts.
    let sorted = storages.ordered.sorted { $0.key < $1.key }
    try sink.write(PickleWriter.pickle(.list(sorted.map { .text($0.key) })))
    for (_, values) in sorted {
      try sink.write(withUnsafeBytes(of: Int64(values.count).littleEndian) { Array($0) })
      try values.write(to: sink)
    }
  }

  /// The storages of a value, numbered in the order of mention.
  private struct Storages {
    private(set) var ordered: [(key: String, values: TensorPayload)] = []
    private var keys: [String: String] = [:]
    private let unshared = UnsharedKeys()

    mutating func collect(_ value: PythonValue) {
      for (_, leaf) in value.namedTensors {
        if let storage = leaf.storage, keys[storage] != nil { continue }
        let key = "\(ordered.count)"
        ordered.append((key, leaf.values))
        if let storage = leaf.storage { keys[storage] = key } else { unshared.add(key) }
      }
    }

    func key(of leaf: PythonValue.Leaf) -> String {
      leaf.storage.flatMap { keys[$0] } ?? unshared.take()
    }
  }

  /// Keys of storages with one tensor, handed out in the order in which they were added.
  private final class UnsharedKeys {
    private var keys: [String] = []
    private var taken = 0

    func add(_ key: String) { keys.append(key) }

    func take() -> String {
      defer { taken += 1 }
      return keys[taken]
    }
  }
}
