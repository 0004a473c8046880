import Files

/// Turns what ``PickleMachine`` left on its heap into a ``PythonValue``.
struct PickleTree {
  /// Finds the bytes of a storage by its key.
  typealias StorageLookup = (_ key: String, _ type: StoredType) -> (file: MappedFile, bytes: Range<Int>)?

  let file: MappedFile
  let heap: PickleHeap
  let storages: StorageLookup
  let decodedBytes = ByteCounter()
  private var valueCount = 0

  /// Containers within each other.
  private static let greatestDepth = 32
  /// Values in all; fewer than the heap's, because one container may be met many times.
  private static let greatestValueCount = 100_000
  private static let greatestTextLength = 1 << 24

  init(_ machine: PickleMachine, storages: @escaping StorageLookup = { _, _ in nil }) {
    file = machine.file
    heap = machine.heap
    self.storages = storages
  }

  func refusal(_ reason: String) -> FormatError { .malformed(path: file.path, reason: reason) }

  /// The tree below `value`.
  ///
  /// Throws ``FormatError`` for what is too deep or large, and for tensors that do not fit their storage.
  mutating func value(_ value: PickleValue, depth: Int = 0) throws -> PythonValue {
    valueCount += 1
    guard depth <= Self.greatestDepth, valueCount <= Self.greatestValueCount else {
      throw refusal("its pickle is nested too deeply or holds too many values")
    }
    switch value {
    case .none: return .none
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .largeInteger: return .opaque("a number beyond 64 bits")
    case .number(let value): return .number(value)
    case .text(let range): return .text(try text(range))
    case .bytes(let range):
      guard range.count <= 4096, let text = String(validating: file.bytes(range), as: UTF8.self) else {
        return .opaque("\(range.count) bytes")
      }
      return .text(text)
    case .tuple(let index): return .tuple(try elements(heap.nodes[index].items, depth))
    case .list(let index): return .list(try elements(heap.nodes[index].items, depth))
    case .dictionary(let index):
      return .dictionary(try members(heap.nodes[index].items, depth), isOrdered: heap.nodes[index].isOrdered)
    case .object(let index): return try object(heap.nodes[index], depth)
    case .global(.storage(let type)): return .opaque("the type \(type.rawValue)")
    case .global: return .opaque("a type")
    case .persistent: return .opaque("a storage")
    }
  }

  private mutating func elements(_ items: [PickleValue], _ depth: Int) throws -> [PythonValue] {
    var result: [PythonValue] = []
    for item in items { result.append(try value(item, depth: depth + 1)) }
    return result
  }

  private mutating func members(_ items: [PickleValue], _ depth: Int) throws -> [PythonValue.Member] {
    var result: [PythonValue.Member] = []
    for index in stride(from: 0, to: items.count - 1, by: 2) {
      let key = try value(items[index], depth: depth + 1)
      result.append(PythonValue.Member(key: key, value: try value(items[index + 1], depth: depth + 1)))
    }
    return result
  }

  private mutating func object(_ node: PickleHeap.Node, _ depth: Int) throws -> PythonValue {
    switch node.maker {
    case .tensor?, .tensorBeforeVersion4?:
      let tensor = try tensor(node.items)
      return .tensor(PythonValue.Leaf(.stored(tensor), storage: tensor.identity))
    case .parameter?:
      guard let tensor = node.items.first else { throw refusal("a parameter in it has no tensor") }
      return try value(tensor, depth: depth + 1)
    case .record(let name)?:
      guard case .dictionary(let index)? = node.state else { return .record(name: name, fields: []) }
      return .record(name: name, fields: try members(heap.nodes[index].items, depth))
    case .set?, .size?:
      guard let first = node.items.first else { return .tuple([]) }
      return try value(first, depth: depth + 1)
    case .numpyReconstruct?: return .tensor(PythonValue.Leaf(.stored(try array(node.state))))
    case .numpyScalar?: return try scalar(node.items)
    case .encode?: return .opaque("bytes")
    default: return .opaque("a type")
    }
  }

  private func text(_ range: Range<Int>) throws -> String {
    guard range.count <= Self.greatestTextLength, let text = String(validating: file.bytes(range), as: UTF8.self)
    else { throw refusal("a string in its pickle is too long or not UTF-8") }
    return text
  }

  // MARK: Tensors of PyTorch

  /// Whole numbers of a tuple or a list.
  func integers(_ value: PickleValue?) -> [Int]? {
    let items: [PickleValue]
    switch value {
    case .tuple(let index)?, .list(let index)?: items = heap.nodes[index].items
    case .object(let index)? where heap.nodes[index].maker == .size: return integers(heap.nodes[index].items.first)
    default: return nil
    }
    guard items.count <= TensorShape.greatestRank else { return nil }
    var result: [Int] = []
    for case .integer(let number) in items { result.append(number) }
    return result.count == items.count ? result : nil
  }

  private func tensor(_ arguments: [PickleValue]) throws -> StoredTensor {
    guard arguments.count >= 4, case .persistent(let index) = arguments[0], case .integer(let offset) = arguments[1],
      let shape = integers(arguments[2]), let strides = integers(arguments[3]),
      let storage = TorchStorage(heap.persistentIdentifiers[index], heap: heap, file: file)
    else { throw refusal("a tensor in it lacks its storage, its shape or its strides") }
    guard let place = storages(storage.key, storage.type) else {
      throw refusal("a tensor in it needs the storage \(storage.key.quoted), which is not there")
    }
    let (start, overflow) = offset.addingReportingOverflow(storage.viewOffset)
    guard !overflow,
      let tensor = StoredTensor(
        place.file, type: storage.type, storage: place.bytes, offset: start, shape: shape, strides: strides)
    else {
      throw refusal(
        "a tensor of shape \(shape) in it does not lie within its storage \(storage.key.quoted) of "
          + "\(place.bytes.count) bytes")
    }
    return tensor
  }
}
