import Foundation

/// Many texts as one block of UTF-8 bytes with the place where each ends: eight bytes a text beside the bytes themselves.
///
/// A store can also be a choice of texts of several blocks, which shares their bytes.
public struct TextStore: Sendable {
  /// One block of texts.
  struct Block: Sendable {
    var bytes: [UInt8] = []
    /// For each text the place behind its last byte.
    var ends: [Int] = []

    var count: Int { ends.count }
    var byteCount: Int { bytes.count }

    func range(at place: Int) -> Range<Int> { (place == 0 ? 0 : ends[place - 1])..<ends[place] }
  }

  private var blocks: [Block] = []
  /// For each block the number of texts before it.
  private var firstIndices: [Int] = []
  /// The chosen texts, when the store is a choice.
  private var chosen: [Int]?
  private var total = 0

  /// A store without texts, in memory.
  public init() {}

  /// A store of these texts.
  public init(_ texts: some Sequence<String>) {
    for text in texts { append(text.utf8) }
  }

  /// Number of texts.
  public var count: Int { chosen?.count ?? total }

  /// Whether there is no text.
  public var isEmpty: Bool { count == 0 }

  /// Bytes of all blocks, whether chosen or not.
  public var byteCount: Int { blocks.reduce(0) { $0 + $1.byteCount } }

  /// Makes room for `byteCount` bytes more, to keep appending from copying.
  public mutating func reserve(byteCount: Int) {
    becomeOneBlock()
    blocks[0].bytes.reserveCapacity(blocks[0].bytes.count + byteCount)
  }

  /// Appends a text given as UTF-8 bytes.
  public mutating func append(_ text: some Collection<UInt8>) {
    becomeOneBlock()
    blocks[0].bytes.append(contentsOf: text)
    blocks[0].ends.append(blocks[0].bytes.count)
    total += 1
  }

  /// Calls `body` with the bytes of the text at `index`.
  ///
  /// The fastest way to look at a text.
  public func withBytes<Result>(
    at index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let (block, place) = locate(index)
    let range = blocks[block].range(at: place)
    return try blocks[block].bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The bytes of the text at `index`.
  public subscript(index: Int) -> ArraySlice<UInt8> {
    let (block, place) = locate(index)
    return blocks[block].bytes[blocks[block].range(at: place)]
  }

  /// The bytes of the text at `index`.
  public func bytes(at index: Int) -> ArraySlice<UInt8> { self[index] }

  /// The text at `index`; ill-formed bytes show as U+FFFD.
  public func string(at index: Int) -> String { withBytes(at: index) { String(decoding: $0, as: UTF8.self) } }

  /// The texts at `indices`, in that order, sharing the bytes of this store.
  public func subset(_ indices: [Int]) -> TextStore {
    precondition(indices.allSatisfy { $0 >= 0 && $0 < count }, "subset of \(count) texts out of range")
    var result = self
    result.chosen = chosen.map { own in indices.map { own[$0] } } ?? indices
    return result
  }

  /// The texts of one store after another, sharing their bytes.
  public static func concatenating(_ stores: [TextStore]) -> TextStore {
    guard stores.count != 1 else { return stores[0] }
    var result = TextStore()
    var chosen: [Int] = []
    let isChoice = stores.contains { $0.chosen != nil }
    for store in stores {
      if isChoice { chosen += (store.chosen ?? Array(0..<store.total)).map { $0 + result.total } }
      for block in store.blocks { result.add(block) }
    }
    result.chosen = isChoice ? chosen : nil
    return result
  }

  private mutating func add(_ block: Block) {
    guard block.count > 0 else { return }
    blocks.append(block)
    firstIndices.append(total)
    total += block.count
  }

  private func locate(_ index: Int) -> (block: Int, place: Int) {
    precondition(index >= 0 && index < count, "text \(index) of \(count)")
    let number = chosen?[index] ?? index
    if blocks.count == 1 { return (0, number) }
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if firstIndices[middle] <= number { low = middle } else { high = middle - 1 }
    }
    return (low, number - firstIndices[low])
  }

  /// Appending needs one block that is not a choice.
  private mutating func becomeOneBlock() {
    if chosen == nil, blocks.count == 1 { return }
    if blocks.isEmpty {
      blocks = [Block()]
      firstIndices = [0]
      return
    }
    var copy = TextStore()
    copy.becomeOneBlock()
    for index in 0..<count { withBytes(at: index) { copy.append($0) } }
    self = copy
  }
}

extension TextStore: Equatable {
  /// Whether both hold the same texts, wherever they lie.
  public static func == (left: TextStore, right: TextStore) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}
