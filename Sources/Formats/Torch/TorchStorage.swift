import Files

/// What a persistent identifier in a PyTorch file says: `('storage', class, key, location, count[, view])`.
struct TorchStorage {
  let key: String
  let type: StoredType
  /// Elements in the storage.
  let count: Int
  /// Elements before the view that the identifier names within the storage.
  let viewOffset: Int

  /// Reads an identifier; nil when it is not of this form.
  init?(_ identifier: PickleValue, heap: PickleHeap, file: MappedFile) {
    func text(_ value: PickleValue) -> String? {
      switch value {
      case .text(let range), .bytes(let range):
        range.count <= 200 ? String(validating: file.bytes(range), as: UTF8.self) : nil
      default: nil
      }
    }
    guard case .tuple(let index) = identifier else { return nil }
    let items = heap.nodes[index].items
    guard items.count == 5 || items.count == 6, text(items[0]) == "storage",
      case .global(.storage(let type)) = items[1], let key = text(items[2]), case .integer(let count) = items[4],
      count >= 0
    else { return nil }
    self.key = key
    self.type = type
    self.count = count
    guard items.count == 6, case .tuple(let view) = items[5] else {
      viewOffset = 0
      return
    }
    let parts = heap.nodes[view].items
    guard parts.count == 3, case .integer(let offset) = parts[1], offset >= 0 else { return nil }
    viewOffset = offset
  }
}
