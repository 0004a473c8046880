/// A value on the stack of a pickle: plain, or a place in the file or in the heap.
///
/// Containers are indices into ``PickleHeap``, so that no depth of nesting and no cycle costs stack or leaks memory.
enum PickleValue: Equatable {
  case none
  case boolean(Bool)
  case integer(Int)
  /// Beyond 64 bits; the bytes of a little-endian two's complement number.
  case largeInteger(Range<Int>)
  case number(Double)
  /// UTF-8 in the file.
  case text(Range<Int>)
  /// Bytes in the file.
  case bytes(Range<Int>)
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  /// What a global was applied to, kept as it is.
  case object(Int)
  case global(PickleGlobal)
  /// What stands outside of the pickle, such as a storage; the index of its identifier.
  case persistent(Int)
}

/// The containers of a pickle, flat, with a limit on their number.
struct PickleHeap {
  /// A container, or an object that a global makes of arguments and a state.
  struct Node {
    var items: [PickleValue] = []
    var isOrdered = false
    var maker: PickleGlobal?
    var state: PickleValue?
  }

  private(set) var nodes: [Node] = []
  private var itemCount = 0

  /// What stands outside of the pickle, in the order of mention.
  private(set) var persistentIdentifiers: [PickleValue] = []

  /// Containers a file may hold; those of this toolkit's largest files hold some thousands.
  static let greatestNodeCount = 150_000
  /// Values in all containers.
  static let greatestItemCount = 400_000

  struct LimitReached: Error {}

  mutating func add(_ node: Node) throws(LimitReached) -> Int {
    guard nodes.count < Self.greatestNodeCount else { throw LimitReached() }
    try count(node.items.count)
    nodes.append(node)
    return nodes.count - 1
  }

  mutating func append(_ items: some Collection<PickleValue>, to index: Int) throws(LimitReached) {
    try count(items.count)
    nodes[index].items.append(contentsOf: items)
  }

  mutating func setState(_ state: PickleValue, of index: Int) { nodes[index].state = state }

  mutating func addPersistent(_ identifier: PickleValue) throws(LimitReached) -> Int {
    try count(1)
    persistentIdentifiers.append(identifier)
    return persistentIdentifiers.count - 1
  }

  private mutating func count(_ items: Int) throws(LimitReached) {
    guard itemCount + items <= Self.greatestItemCount else { throw LimitReached() }
    itemCount += items
  }
}
