/// What was computed from a variable's present contents, by key and engine.
struct Derivations {
  private struct Key: Hashable {
    var name: AnyHashable
    var engine: ObjectIdentifier
  }

  private struct Entry {
    // Identifiers are used again once their object is gone.
    weak var engine: Engine?
    var versions: [Int]
    var value: Any
  }

  private var entries: [Key: Entry] = [:]

  /// The value that was set under the same key for this engine while the others had these versions.
  func value(_ name: some Hashable, _ engine: Engine, _ versions: [Int]) -> Any? {
    guard let entry = entries[Key(name: AnyHashable(name), engine: ObjectIdentifier(engine))],
      entry.engine === engine, entry.versions == versions
    else { return nil }
    return entry.value
  }

  /// Keeps a value, and drops those of engines that are gone.
  mutating func set(_ value: Any, _ name: some Hashable, _ engine: Engine, _ versions: [Int]) {
    entries = entries.filter { $0.value.engine != nil }
    entries[Key(name: AnyHashable(name), engine: ObjectIdentifier(engine))] = Entry(
      engine: engine, versions: versions, value: value)
  }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
