/// Writes plain data as a pickle of protocol 2, with the operations that Python's own pickler would use.
struct PickleWriter {
  /// Hands a tensor's persistent identifier out: the key of its storage.
  typealias StorageKey = (PythonValue.Leaf) -> String

  private(set) var bytes: [UInt8] = [PickleOpcode.protocolVersion.rawValue, 2]
  private var memo: [String: Int] = [:]
  private var memoCount = 0
  private let namesView: Bool
  private let storageKey: StorageKey

  /// Prepares an empty pickle.
  ///
  /// - Parameter namesView: whether storages carry the sixth field that the sequential container has.
  init(namesView: Bool = false, storageKey: @escaping StorageKey = { _ in "" }) {
    self.namesView = namesView
    self.storageKey = storageKey
  }

  /// The pickle of `value` alone.
  static func pickle(_ value: PythonValue) -> [UInt8] {
    var writer = PickleWriter()
    writer.write(value)
    return writer.finished()
  }

  /// The bytes with the mark of the end.
  func finished() -> [UInt8] { bytes + [PickleOpcode.stop.rawValue] }

  /// Appends a value; what is opaque becomes `None`, records become dictionaries.
  mutating func write(_ value: PythonValue) {
    switch value {
    case .none, .opaque: put(.none)
    case .boolean(let value): put(value ? .newTrue : .newFalse)
    case .integer(let value): write(integer: value)
    case .number(let value):
      put(.binaryFloat)
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (56 - 8 * $0)) }
    case .text(let text): write(text: text)
    case .tensor(let leaf): write(tensor: leaf)
    case .list(let elements): write(list: elements)
    case .tuple(let elements):
      if elements.count > 3 { put(.mark) }
      for element in elements { write(element) }
      endTuple(count: elements.count)
    case .dictionary(let members, let isOrdered): write(dictionary: members, isOrdered: isOrdered)
    case .record(_, let members): write(dictionary: members, isOrdered: false)
    }
  }

  private mutating func write(list elements: [PythonValue]) {
    put(.emptyList)
    memoize()
    for batch in batches(elements) {
      if batch.count > 1 { put(.mark) }
      for element in batch { write(element) }
      put(batch.count > 1 ? .appends : .append)
    }
  }

  private mutating func write(dictionary members: [PythonValue.Member], isOrdered: Bool) {
    if isOrdered {
      write(global: "collections", "OrderedDict")
      put(.emptyTuple)
      put(.reduce)
    } else {
      put(.emptyDictionary)
    }
    memoize()
    for batch in batches(members) {
      if batch.count > 1 { put(.mark) }
      for member in batch {
        write(member.key)
        write(member.value)
      }
      put(batch.count > 1 ? .setItems : .setItem)
    }
  }

  /// Python hands over a thousand items at a time.
  private func batches<Element>(_ elements: [Element]) -> [ArraySlice<Element>] {
    stride(from: 0, to: elements.count, by: 1000).map { elements[$0..<min($0 + 1000, elements.count)] }
  }

  /// `_rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())`.
  private mutating func write(tensor leaf: PythonValue.Leaf) {
    write(global: "torch._utils", "_rebuild_tensor_v2")
    put(.mark)
    put(.mark)
    write(text: "storage")
    write(global: "torch", leaf.values.type.torchStorage)
    write(text: storageKey(leaf))
    write(text: "cpu")
    write(integer: leaf.values.count)
    if namesView { put(.none) }
    endTuple(count: namesView ? 6 : 5)
    put(.persistent)
    write(integer: 0)
    let shape = leaf.values.shape
    var strides = [Int](repeating: 1, count: shape.count)
    for dimension in strides.indices.dropLast().reversed() {
      strides[dimension] = strides[dimension + 1] * max(shape[dimension + 1], 1)
    }
    write(.tuple(shape.map(PythonValue.integer)))
    write(.tuple(strides.map(PythonValue.integer)))
    put(.newFalse)
    write(global: "collections", "OrderedDict")
    put(.emptyTuple)
    put(.reduce)
    memoize()
    endTuple(count: 6)
    put(.reduce)
    memoize()
  }

  private mutating func endTuple(count: Int) {
    switch count {
    case 0: return put(.emptyTuple)
    case 1: put(.tupleOfOne)
    case 2: put(.tupleOfTwo)
    case 3: put(.tupleOfThree)
    default: put(.tuple)
    }
    memoize()
  }

  private mutating func write(integer value: Int) {
    switch value {
    case 0...0xff:
      put(.byteInteger)
      append(value, count: 1)
    case 0...0xffff:
      put(.shortInteger)
      append(value, count: 2)
    case Int(Int32.min)...Int(Int32.max):
      put(.binaryInteger)
      append(value, count: 4)
    default:
      put(.shortLong)
      append(8, count: 1)
      append(value, count: 8)
    }
  }

  private mutating func write(text: String) {
    if recall("text " + text) { return }
    put(.binaryUnicode)
    append(text.utf8.count, count: 4)
    bytes += Array(text.utf8)
    memoize("text " + text)
  }

  private mutating func write(global module: String, _ name: String) {
    let key = "global \(module) \(name)"
    if recall(key) { return }
    put(.global)
    bytes += Array("\(module)\n\(name)\n".utf8)
    memoize(key)
  }

  private mutating func recall(_ key: String) -> Bool {
    guard let index = memo[key] else { return false }
    put(index < 256 ? .byteGet : .longGet)
    append(index, count: index < 256 ? 1 : 4)
    return true
  }

  /// Numbers what was just written, so that equal texts and names are written once.
  private mutating func memoize(_ key: String? = nil) {
    put(memoCount < 256 ? .bytePut : .longPut)
    append(memoCount, count: memoCount < 256 ? 1 : 4)
    if let key { memo[key] = memoCount }
    memoCount += 1
  }

  private mutating func put(_ operation: PickleOpcode) { bytes.append(operation.rawValue) }

  private mutating func append(_ value: Int, count: Int) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }
}
