import Files

/// What the arrays of one model family are called in files of one origin, for each path in the tree of modules.
///
/// Rules are anchored and hold both ways: a path has exactly one key that is written, a key leads to one path, and a
/// name that no rule knows is reported instead of being passed on. A tied matrix has no path of its own, so no rule
/// asks for it.
public struct KeyMap: Sendable {
  /// A path and what it is called.
  struct Rule: Sendable {
    let path: KeyPattern
    /// The name that is written, then others that are read as well.
    let keys: [KeyPattern]

    /// Names hold as many numbers as the path, in the same order.
    init(_ path: String, _ key: String, orReads aliases: String...) {
      self.path = KeyPattern(path)
      keys = ([key] + aliases).map(KeyPattern.init)
      precondition(keys.allSatisfy { [path = self.path] in $0.numberCount == path.numberCount }, "numbers of \(path)")
    }

    /// The three rules of a matrix that may be stored as it is or as gain and direction.
    static func matrix(_ path: String, _ key: String) -> [Rule] {
      [Rule(path, key), Rule(path + ".gain", key + "_g"), Rule(path + ".direction", key + "_v")]
    }
  }

  /// What a key of a file leads to.
  enum Place: Equatable {
    case path(String)
    /// Known, and of no use here.
    case ignored
    case unknown
  }

  private let rules: [Rule]
  private let ignored: [KeyPattern]
  private let optionalPrefixes: [String]

  /// Makes a map.
  ///
  /// - Parameters:
  ///   - ignoring: keys that may stand in a file and mean nothing to the model.
  ///   - optionalPrefixes: one of these may stand in front of any key.
  init(_ rules: [Rule], ignoring ignored: [String] = [], optionalPrefixes: [String] = []) {
    self.rules = rules
    self.ignored = ignored.map(KeyPattern.init)
    self.optionalPrefixes = optionalPrefixes
  }

  /// The key that is written for the array at `path`; `nil` when the family has no such array.
  public func key(forPath path: String) -> String? {
    for rule in rules {
      if let numbers = rule.path.numbers(in: path) { return rule.keys[0].name(with: numbers) }
    }
    return nil
  }

  /// The key of a path that the family is known to have.
  public func key(_ path: String) -> String {
    guard let key = key(forPath: path) else { preconditionFailure("no key for \(path)") }
    return key
  }

  /// Where the array under `key` belongs.
  func place(ofKey key: String) -> Place {
    let key = bare(key)
    for rule in rules {
      for pattern in rule.keys {
        if let numbers = pattern.numbers(in: key) { return .path(rule.path.name(with: numbers)) }
      }
    }
    return ignored.contains { $0.numbers(in: key) != nil } ? .ignored : .unknown
  }

  /// The path of the array under `key`, if it has one.
  func path(ofKey key: String) -> String? { if case .path(let path) = place(ofKey: key) { path } else { nil } }

  /// `key` without the prefix that may stand in front of it.
  func bare(_ key: String) -> String {
    optionalPrefixes.first(where: key.hasPrefix).map { String(key.dropFirst($0.count)) } ?? key
  }

  /// The same things under their paths.
  ///
  /// - Throws: ``CheckpointError/notACheckpoint(path:reason:)`` for a key that is not known, or two for one path.
  func paths<Value>(
    _ found: [(name: String, value: Value)], file: String
  ) throws -> [(path: String, value: Value)] {
    var seen: Set<String> = []
    return try found.compactMap { name, value in
      switch place(ofKey: name) {
      case .ignored: return nil
      case .unknown:
        throw CheckpointError.notACheckpoint(
          path: file, reason: "its array \(name.quoted) is none that such a model has")
      case .path(let path):
        guard seen.insert(path).inserted else {
          throw CheckpointError.notACheckpoint(path: file, reason: "its array \(name.quoted) is there under two names")
        }
        return (path, value)
      }
    }
  }
}
