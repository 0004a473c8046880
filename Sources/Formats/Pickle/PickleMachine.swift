import Files

/// Reads one pickle into plain data.
///
/// A stack machine for the operations of ``PickleOpcode`` over the names of ``PickleGlobal``. It has no operation that
/// imports or calls anything; what a pickle asks for beyond these names is refused by its name. Strings and bytes
/// stay in the file, containers are counted, so memory is bounded whatever the file claims.
struct PickleMachine {
  let file: MappedFile
  /// Next byte to read.
  var position: Int
  private(set) var heap = PickleHeap()

  /// End of what may be read.
  let end: Int
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  private static let greatestStackDepth = 100_000
  private static let greatestMemoCount = 150_000

  /// Prepares to read a pickle that begins at the start of `range` and may end within it.
  init(_ file: MappedFile, in range: Range<Int>) {
    self.file = file
    position = range.lowerBound
    end = range.upperBound
  }

  /// Runs to the end of the pickle; its value.
  ///
  /// Throws ``FormatError``.
  mutating func run() throws -> PickleValue {
    while true {
      let start = position
      let code = try byte()
      guard let operation = PickleOpcode(rawValue: code) else {
        throw malformed("operation \(code) is not one that data need", at: start)
      }
      if operation == .stop {
        let value = try pop()
        return value
      }
      do {
        try perform(operation)
      } catch is PickleHeap.LimitReached {
        throw malformed("it holds more containers or values than any model", at: start)
      }
    }
  }

  private mutating func perform(_ operation: PickleOpcode) throws {
    switch operation {
    case .stop: break
    case .protocolVersion:
      let version = try byte()
      guard version <= 5 else { throw malformed("its protocol is \(version)") }
    case .frame: _ = try bytes(8)
    case .mark:
      guard marks.count < Self.greatestStackDepth else { throw PickleHeap.LimitReached() }
      marks.append(stack.count)
    case .pop:
      if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .duplicate:
      let value = try top()
      try push(value)
    case .none: try push(.none)
    case .newTrue: try push(.boolean(true))
    case .newFalse: try push(.boolean(false))
    case .byteInteger: try push(.integer(Int(try byte())))
    case .shortInteger: try push(.integer(try littleEndian(2)))
    case .binaryInteger: try push(.integer(Int(Int32(truncatingIfNeeded: try littleEndian(4)))))
    case .shortLong: try push(try longInteger(byteCount: Int(try byte())))
    case .longLong: try push(try longInteger(byteCount: try littleEndian(4)))
    case .integer, .long, .float: try push(try number(in: try line(), operation))
    case .binaryFloat:
      let bits = file.bytes(try bytes(8)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      try push(.number(Double(bitPattern: bits)))
    case .unicode: try push(.text(try line()))
    case .string: try push(try quotedString(try line()))
    case .shortBinaryUnicode: try push(.text(try bytes(Int(try byte()))))
    case .binaryUnicode: try push(.text(try bytes(try littleEndian(4))))
    case .binaryUnicode8: try push(.text(try bytes(try littleEndian(8))))
    case .shortBinaryString, .shortBinaryBytes: try push(.bytes(try bytes(Int(try byte()))))
    case .binaryString, .binaryBytes: try push(.bytes(try bytes(try littleEndian(4))))
    case .binaryBytes8: try push(.bytes(try bytes(try littleEndian(8))))
    case .emptyTuple: try pushTuple([])
    case .tupleOfOne: try pushTuple(try popLast(1))
    case .tupleOfTwo: try pushTuple(try popLast(2))
    case .tupleOfThree: try pushTuple(try popLast(3))
    case .tuple: try pushTuple(try popToMark())
    case .emptyList: try push(.list(try heap.add(PickleHeap.Node())))
    case .list: try push(.list(try heap.add(PickleHeap.Node(items: try popToMark()))))
    case .emptyDictionary: try push(.dictionary(try heap.add(PickleHeap.Node())))
    case .dictionary:
      let items = try popToMark()
      guard items.count.isMultiple(of: 2) else { throw malformed("a dictionary has a key without a value") }
      try push(.dictionary(try heap.add(PickleHeap.Node(items: items))))
    case .append: try append(try popLast(1))
    case .appends: try append(try popToMark())
    case .setItem: try setItems(try popLast(2))
    case .setItems: try setItems(try popToMark())
    case .global:
      let (module, name) = (try line(), try line())
      try pushGlobal(module: module, name: name)
    case .stackGlobal:
      let names = try popLast(2)
      guard case .text(let module) = names[0], case .text(let name) = names[1] else {
        throw malformed("a name is not a string")
      }
      try pushGlobal(module: module, name: name)
    case .reduce, .newObject: try apply()
    case .build: try build()
    case .persistent:
      let identifier = try pop()
      try push(.persistent(try heap.addPersistent(identifier)))
    case .persistentText: try push(.persistent(try heap.addPersistent(.text(try line()))))
    case .put: try remember(try decimal(try line()))
    case .bytePut: try remember(Int(try byte()))
    case .longPut: try remember(try littleEndian(4))
    case .memoize: try remember(memo.count)
    case .get: try recall(try decimal(try line()))
    case .byteGet: try recall(Int(try byte()))
    case .longGet: try recall(try littleEndian(4))
    }
  }
}

// MARK: Stack and memo

extension PickleMachine {
  private mutating func push(_ value: PickleValue) throws {
    guard stack.count < Self.greatestStackDepth else { throw PickleHeap.LimitReached() }
    stack.append(value)
  }

  private mutating func pushTuple(_ items: [PickleValue]) throws {
    try push(.tuple(try heap.add(PickleHeap.Node(items: items))))
  }

  private func top() throws -> PickleValue {
    guard let value = stack.last, stack.count > marks.last ?? 0 else { throw malformed("it takes more than it gave") }
    return value
  }

  private mutating func pop() throws -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func popLast(_ count: Int) throws -> [PickleValue] {
    guard stack.count - (marks.last ?? 0) >= count else { throw malformed("it takes more than it gave") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws -> [PickleValue] {
    guard let mark = marks.popLast() else { throw malformed("a container has no beginning") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func remember(_ key: Int) throws {
    guard memo.count < Self.greatestMemoCount else { throw PickleHeap.LimitReached() }
    memo[key] = try top()
  }

  private mutating func recall(_ key: Int) throws {
    guard let value = memo[key] else { throw malformed("it refers to the unknown value \(key)") }
    try push(value)
  }
}

// MARK: Containers and objects

extension PickleMachine {
  private mutating func append(_ items: [PickleValue]) throws {
    guard case .list(let index) = try top() else { throw malformed("it appends to what is no list") }
    try heap.append(items, to: index)
  }

  private mutating func setItems(_ items: [PickleValue]) throws {
    guard case .dictionary(let index) = try top() else { throw malformed("it sets items of what is no dictionary") }
    guard items.count.isMultiple(of: 2) else { throw malformed("a dictionary has a key without a value") }
    try heap.append(items, to: index)
  }

  private mutating func pushGlobal(module: Range<Int>, name: Range<Int>) throws {
    let (module, name) = (try shortText(module), try shortText(name))
    guard let global = PickleGlobal(module: module, name: name) else {
      throw FormatError.refusedCall(path: file.path, name: "\(module).\(name)")
    }
    try push(.global(global))
  }

  /// `REDUCE` and `NEWOBJ`: a name applied to arguments makes a container, or an object that is looked at later.
  private mutating func apply() throws {
    let operands = try popLast(2)
    guard case .global(let maker) = operands[0], case .tuple(let arguments) = operands[1] else {
      throw malformed("it calls what is no name")
    }
    let items = heap.nodes[arguments].items
    guard maker == .orderedDictionary else {
      return try push(.object(try heap.add(PickleHeap.Node(items: items, maker: maker))))
    }
    let index = try heap.add(PickleHeap.Node(isOrdered: true))
    // Older writers hand a list of pairs over.
    if case .list(let pairs)? = items.first {
      for pair in heap.nodes[pairs].items {
        switch pair {
        case .list(let pair), .tuple(let pair):
          guard heap.nodes[pair].items.count == 2 else { throw malformed("a dictionary has a key without a value") }
          try heap.append(heap.nodes[pair].items, to: index)
        default: throw malformed("a dictionary has a key without a value")
        }
      }
    }
    try push(.dictionary(index))
  }

  private mutating func build() throws {
    let state = try pop()
    switch try top() {
    case .object(let index), .dictionary(let index): heap.setState(state, of: index)
    default: throw malformed("it gives a state to what has none")
    }
  }
}
