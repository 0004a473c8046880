import Files

/// A file that `torch.save` wrote, in either container.
package struct TorchFile {
  /// The two layouts of such files.
  package enum Container: String, Sendable {
    /// Pickles and storages one behind the other, as before PyTorch 1.6.
    case sequential
    /// An archive of uncompressed members.
    case zip
  }

  package let container: Container
  package let value: PythonValue

  /// The first bytes of a sequential file: protocol 2 and a number of ten bytes.
  package static let sequentialMark: [UInt8] = [0x80, 0x02, 0x8a, 0x0a]
  package static let magicNumber: [UInt8] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]
  package static let layoutVersion = 1001

  /// Reads a sequential file.
  package init(sequential file: MappedFile) throws {
    container = .sequential
    func refusal(_ reason: String) -> FormatError {
      .malformed(path: file.path, reason: "it is not a PyTorch file: \(reason)")
    }
    var position = 0
    func next() throws -> (value: PickleValue, machine: PickleMachine) {
      var machine = PickleMachine(file, in: position..<file.count)
      let value = try machine.run()
      position = machine.position
      return (value, machine)
    }
    guard case .largeInteger(let magic) = try next().value, file.bytes(magic) == Self.magicNumber else {
      throw refusal("it does not begin with the mark of one")
    }
    guard case .integer(Self.layoutVersion) = try next().value else { throw refusal("its layout has another version") }
    let system = try next()
    var systemTree = PickleTree(system.machine)
    guard try systemTree.value(system.value)["little_endian"]?.boolean != false else {
      throw FormatError.unsupported(path: file.path, feature: "its numbers are big-endian")
    }
    let object = try next()
    let keys = try next()
    guard case .list(let list) = keys.value else { throw refusal("the list of its storages is missing") }

    var types: [String: (type: StoredType, count: Int)] = [:]
    for identifier in object.machine.heap.persistentIdentifiers {
      guard let storage = TorchStorage(identifier, heap: object.machine.heap, file: file) else {
        throw refusal("a storage has no name, type or size")
      }
      let known = types.updateValue((storage.type, storage.count), forKey: storage.key)
      guard known == nil || known?.type == storage.type else {
        throw refusal("the storage \(storage.key.quoted) has two types")
      }
    }
    var places: [String: Range<Int>] = [:]
    var keyTree = PickleTree(keys.machine)
    for item in keys.machine.heap.nodes[list].items {
      guard let key = try keyTree.value(item).text, let storage = types[key] else {
        throw refusal("it holds a storage that nothing in it uses")
      }
      guard file.count - position >= 8 else {
        throw FormatError.truncated(path: file.path, expected: position + 8, found: file.count)
      }
      let count = file.withBytes(position..<position + 8) { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) }
      position += 8
      let (bytes, overflow) = Int(count).multipliedReportingOverflow(by: storage.type.byteCount)
      guard count >= 0, !overflow, bytes <= file.count - position else {
        let (expected, isHuge) = position.addingReportingOverflow(max(bytes, 0))
        throw FormatError.truncated(
          path: file.path, expected: overflow || isHuge ? Int.max : expected, found: file.count)
      }
      guard places.updateValue(position..<position + bytes, forKey: key) == nil else {
        throw refusal("the storage \(key.quoted) occurs twice")
      }
      position += bytes
    }
    guard position == file.count else {
      throw refusal("bytes are left over behind its last storage: \(file.count - position)")
    }
    var tree = PickleTree(object.machine) { key, _ in places[key].map { (file, $0) } }
    value = try tree.value(object.value)
  }

  /// Reads an archive whose `data.pkl` lies in the folder `prefix`, which ends in a slash or is empty.
  package init(archive: ZipArchive, prefix: String) throws {
    container = .zip
    if let order = archive.member(prefix + "byteorder") {
      let (file, bytes) = try archive.contents(of: order)
      guard bytes.count > 64 || String(decoding: file.bytes(bytes), as: UTF8.self) != "big" else {
        throw FormatError.unsupported(path: archive.file.path, feature: "its numbers are big-endian")
      }
    }
    guard let member = archive.member(prefix + "data.pkl") else {
      throw FormatError.malformed(path: archive.file.path, reason: "it is an archive without data.pkl")
    }
    let (file, bytes) = try archive.contents(of: member)
    var machine = PickleMachine(file, in: bytes)
    let object = try machine.run()
    var places: [String: (file: MappedFile, bytes: Range<Int>)] = [:]
    for identifier in machine.heap.persistentIdentifiers {
      guard let storage = TorchStorage(identifier, heap: machine.heap, file: file) else {
        throw FormatError.malformed(
          path: archive.file.path, reason: "it is not a PyTorch file: a storage has no name, type or size")
      }
      if places[storage.key] == nil, let member = archive.member(prefix + "data/" + storage.key) {
        places[storage.key] = try archive.contents(of: member)
      }
    }
    var tree = PickleTree(machine) { key, _ in places[key] }
    value = try tree.value(object)
  }
}
