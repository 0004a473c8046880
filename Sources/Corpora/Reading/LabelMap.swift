/// Which labels of a file become which class: `1,2=0 4,5=1` makes two classes of five stars.
///
/// A label that stands nowhere in the map has no class. Numbers are compared as numbers, names byte by byte. A comma, an
/// equals sign or a backslash that belongs to a label has a backslash before it.
public struct LabelMap: Sendable, Equatable {
  /// Labels that become one class.
  public struct Entry: Sendable, Equatable {
    /// The labels as files have them.
    public var labels: [String]
    /// `0`, `1`, or the name of a class.
    public var target: String
  }

  /// The word that stands for no map at all.
  public static let noneWord = "none"

  /// The entries in the order they were given.
  public let entries: [Entry]
  /// The names of the classes in the order of the alphabet; empty when they are the numbers 0 and 1.
  public let classNames: [String]

  /// Reads entries such as `1,2=0`; one word may hold several of them with spaces between.
  ///
  /// - Throws: `CorpusError.invalidLabelMap`.
  public init(parsing words: [String]) throws(CorpusError) {
    var entries: [Entry] = []
    for word in words {
      let parts = word.split(separator: " ").map(String.init)
      // A name may hold spaces; several entries in one word each have their equals sign.
      for part in parts.allSatisfy({ LabelMapText($0).equalsSigns == 1 }) && !parts.isEmpty ? parts : [word] {
        entries.append(try LabelMapText(part).entry())
      }
    }
    try self.init(entries)
  }

  private init(_ entries: [Entry]) throws(CorpusError) {
    let targets = Set(entries.map(\.target))
    let numbers = targets.filter { LabelNumber.read($0) != nil }
    let text = Self.text(entries)
    func refuse(_ reason: String) -> CorpusError { .invalidLabelMap(text: text, reason: reason) }
    guard !entries.isEmpty else { throw refuse("it has no entry") }
    if let odd = numbers.sorted().first(where: { LabelNumber.read($0) != 0 && LabelNumber.read($0) != 1 }) {
      throw refuse("the classes are 0 and 1, or two names, not \(odd)")
    }
    guard numbers.isEmpty || numbers.count == targets.count else {
      throw refuse("its classes are numbers in one entry and names in another")
    }
    guard targets.count <= 2 else { throw refuse("it names \(targets.count) classes, and two can be told apart") }
    var known: [Key: String] = [:]
    for entry in entries {
      for label in entry.labels {
        let key = Key(label)
        if let other = known[key], other != entry.target {
          throw refuse("it makes \(label) both \(other) and \(entry.target)")
        }
        known[key] = entry.target
      }
    }
    self.entries = entries
    classNames = numbers.isEmpty ? targets.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } : []
  }

  /// Whether it says for both classes which labels become them.
  public var namesBothClasses: Bool { Set(entries.map(\.target)).count == 2 }

  /// Whether a file that already has the classes can be told from one that has the labels: no class is also a label of
  /// another class.
  public var isUnambiguous: Bool {
    let classes = classOfLabel
    return entries.allSatisfy { classes[Key($0.target)] ?? $0.target == $0.target }
  }

  /// The same map, which also leaves the classes themselves as they are.
  ///
  /// Only for maps that are unambiguous; others stay as they are.
  public var acceptingClasses: LabelMap {
    guard isUnambiguous else { return self }
    let classes = classOfLabel
    let missing = Set(entries.map(\.target)).filter { classes[Key($0)] == nil }.sorted()
    return (try? LabelMap(entries + missing.map { Entry(labels: [$0], target: $0) })) ?? self
  }

  private var classOfLabel: [Key: String] {
    var classes: [Key: String] = [:]
    for entry in entries { for label in entry.labels { classes[Key(label)] = entry.target } }
    return classes
  }

  /// A label as it is compared: 1 and 1.0 are the same.
  private enum Key: Hashable {
    case number(Float)
    case name(String)

    init(_ text: String) {
      self = LabelNumber.read(text).map(Key.number) ?? .name(text)
    }
  }

  /// Entries as they are typed.
  static func text(_ entries: [Entry]) -> String {
    entries.map { entry in
      entry.labels.map(LabelMapText.escaped).joined(separator: ",") + "=" + LabelMapText.escaped(entry.target)
    }.joined(separator: " ")
  }
}

extension LabelMap: CustomStringConvertible {
  /// The entries as they are typed: `1,2=0 4,5=1`.
  public var description: String { Self.text(entries) }
}

extension LabelMap: Codable {
  /// Reads a list of entries as they are typed.
  public init(from decoder: any Decoder) throws {
    let words = try decoder.singleValueContainer().decode([String].self)
    var entries: [Entry] = []
    for word in words { entries.append(try LabelMapText(word).entry()) }
    try self.init(entries)
  }

  /// Writes a list of entries as they are typed.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(entries.map { Self.text([$0]) })
  }
}

/// One entry as it is typed.
private struct LabelMapText {
  private let text: String
  /// Labels and class, cut at commas and equals signs without a backslash before them.
  private var pieces: [(text: String, end: Character?)] = []

  init(_ text: String) {
    self.text = text
    var piece = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        piece.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "," || character == "=" {
        pieces.append((piece, character))
        piece = ""
      } else {
        piece.append(character)
      }
    }
    pieces.append((piece, nil))
  }

  var equalsSigns: Int { pieces.count { $0.end == "=" } }

  func entry() throws(CorpusError) -> LabelMap.Entry {
    guard equalsSigns == 1, pieces.count > 1, pieces[pieces.count - 2].end == "=" else {
      throw .invalidLabelMap(text: text, reason: "an entry is written as labels=class")
    }
    let words = pieces.map { String($0.text.trimmingPrefix { $0 == " " }).trimmedAtEnd }
    guard words.allSatisfy({ !$0.isEmpty }) else {
      throw .invalidLabelMap(text: text, reason: "a label or a class is empty")
    }
    let target = words[words.count - 1]
    // One spelling of a number, so that 1 and 1.0 are one class.
    let number = LabelNumber.read(target).flatMap { Int(exactly: $0) }
    return LabelMap.Entry(labels: Array(words.dropLast()), target: number.map(String.init) ?? target)
  }

  static func escaped(_ label: String) -> String {
    label.map { ",=\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
