/// Keeps the values that were asked for last, up to a number of them.
struct BoundedCache<Key: Hashable, Value> {
  private struct Entry {
    var value: Value
    var lastUse: Int
  }

  /// How many values are kept.
  let limit: Int

  private var entries: [Key: Entry] = [:]
  private var uses = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Number of values now kept.
  var count: Int { entries.count }

  /// The value under `key`, made when it is not there; the one unused longest then makes room.
  mutating func value(for key: Key, make: () -> Value) -> Value {
    uses += 1
    if let position = entries.index(forKey: key) {
      entries.values[position].lastUse = uses
      return entries.values[position].value
    }
    let value = make()
    if entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
      entries[oldest] = nil
    }
    entries[key] = Entry(value: value, lastUse: uses)
    return value
  }

  /// Drops all values.
  mutating func removeAll() { entries.removeAll() }
}
