import Files

extension PickleTree {
  /// An array from the state that NumPy gives it: version, shape, element type, order, bytes.
  func array(_ state: PickleValue?) throws -> StoredTensor {
    guard case .tuple(let index)? = state else { throw refusal("an array in it has no contents") }
    let items = heap.nodes[index].items
    guard items.count == 5, let shape = integers(items[1]), case .boolean(let isFortranOrder) = items[3] else {
      throw refusal("an array in it lacks its shape or its order")
    }
    let type = try elementType(items[2])
    let (source, bytes) = try contents(items[4])
    var strides = [Int](repeating: 1, count: shape.count)
    guard let total = TensorShape.byteCount(shape, elementBytes: type.byteCount), total == bytes.count,
      shape.allSatisfy({ $0 >= 0 })
    else {
      throw refusal("an array of shape \(shape) in it has \(bytes.count) bytes")
    }
    guard isFortranOrder, total > 0 else {
      guard let tensor = StoredTensor(source, type: type, shape: shape, bytes: bytes) else {
        throw refusal("an array of shape \(shape) in it has \(bytes.count) bytes")
      }
      return tensor
    }
    for dimension in strides.indices.dropFirst() { strides[dimension] = strides[dimension - 1] * shape[dimension - 1] }
    guard
      let tensor = StoredTensor(source, type: type, storage: bytes, offset: 0, shape: shape, strides: strides)
    else { throw refusal("an array of shape \(shape) in it has \(bytes.count) bytes") }
    return tensor
  }

  /// The list of arrays in the state of an array of objects; nil when it is none.
  func objectArrayElements(_ value: PickleValue) throws -> [PickleValue]? {
    switch value {
    case .list(let index): return heap.nodes[index].items
    case .object(let index):
      let node = heap.nodes[index]
      guard node.maker == .numpyReconstruct, case .tuple(let state)? = node.state else { return nil }
      let items = heap.nodes[state].items
      guard items.count == 5, case .list(let elements) = items[4] else { return nil }
      return heap.nodes[elements].items
    default: return nil
    }
  }

  func scalar(_ arguments: [PickleValue]) throws -> PythonValue {
    guard arguments.count == 2 else { throw refusal("a number in it lacks its type or its value") }
    let type = try elementType(arguments[0])
    let (source, bytes) = try contents(arguments[1])
    guard bytes.count == type.byteCount else { throw refusal("a number in it has \(bytes.count) bytes") }
    return source.withBytes(bytes) { raw in
      if type == .bool { return .boolean(raw[0] != 0) }
      if let integer = type.integers(raw)?.first { return .integer(Int(integer)) }
      return .number(type.doubles(raw).first ?? 0)
    }
  }

  /// The element type of `numpy.dtype('f4', 0, 1)` with its state `(3, '<', …)`.
  private func elementType(_ value: PickleValue) throws -> StoredType {
    guard case .object(let index) = value, heap.nodes[index].maker == .numpyType,
      let name = heap.nodes[index].items.first.flatMap(shortText)
    else { throw refusal("an array in it has no element type") }
    var order = "|"
    if case .tuple(let state)? = heap.nodes[index].state, heap.nodes[state].items.count > 1 {
      order = shortText(heap.nodes[state].items[1]) ?? "|"
    }
    guard order != ">" else { throw refusal("an array in it is big-endian") }
    let plain = name.hasPrefix("<") || name.hasPrefix("|") ? String(name.dropFirst()) : name
    guard let type = StoredType.allCases.first(where: { $0.numpyDescriptor?.dropFirst() == plain[...] }) else {
      throw refusal("an array in it has the element type \(name.quoted)")
    }
    return type
  }

  private func shortText(_ value: PickleValue) -> String? {
    switch value {
    case .text(let range), .bytes(let range):
      range.count <= 64 ? String(validating: file.bytes(range), as: UTF8.self) : nil
    default: nil
    }
  }

  /// The bytes of a string: as they stand in the file, or written as text of the characters 0 to 255.
  private func contents(_ value: PickleValue) throws -> (file: MappedFile, bytes: Range<Int>) {
    switch value {
    case .bytes(let range): return (file, range)
    case .text(let range): return try decoded(range)
    case .object(let index) where heap.nodes[index].maker == .encode:
      guard case .text(let range)? = heap.nodes[index].items.first else {
        throw refusal("an array in it has no contents")
      }
      return try decoded(range)
    default: throw refusal("an array in it has no contents")
    }
  }

  private func decoded(_ range: Range<Int>) throws -> (file: MappedFile, bytes: Range<Int>) {
    // One text may be the contents of many arrays.
    guard decodedBytes.add(range.count) <= file.count + (1 << 20) else {
      throw refusal("its arrays hold more bytes than it has")
    }
    // One or two bytes of UTF-8 stand for one.
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(range.count, 1), alignment: 64)
    let target = MappedFile(owning: block, path: file.path)
    var (count, place) = (0, range.lowerBound)
    while place < range.upperBound {
      let first = file.byte(at: place)
      if first < 0x80 {
        block[count] = first
        place += 1
      } else if first & 0xfe == 0xc2, place + 1 < range.upperBound, file.byte(at: place + 1) & 0xc0 == 0x80 {
        block[count] = (first & 0x03) << 6 | (file.byte(at: place + 1) & 0x3f)
        place += 2
      } else {
        throw refusal("the contents of an array in it are not bytes")
      }
      count += 1
    }
    return (target, 0..<count)
  }
}
