import Files

/// How many rows have each label of one column.
public struct LabelTally: Sendable, Equatable {
  /// More different labels than these are counted together.
  public static let maximumLabels = 1000

  /// The column or key.
  public let column: String
  /// Names of the labels 0, 1, …; empty for numbers.
  public internal(set) var classNames: [String]
  /// Rows without a known label.
  public private(set) var unknown = 0
  /// Rows with labels beyond the first `maximumLabels`.
  public private(set) var beyond = 0
  private var counts: [Float: Int] = [:]

  /// A column without rows.
  public init(column: String, classNames: [String] = []) {
    self.column = column
    self.classNames = classNames
  }

  /// Counts rows, one by default.
  public mutating func add(_ label: Float, rows: Int = 1) {
    if label == LabelNumber.unknown {
      unknown += rows
    } else if counts[label] != nil || counts.count < Self.maximumLabels {
      counts[label, default: 0] += rows
    } else {
      beyond += rows
    }
  }

  /// The different labels, rising.
  public var labels: [Float] { counts.keys.sorted() }

  /// Rows with a known label.
  public var known: Int { counts.values.reduce(beyond, +) }

  /// Rows with this label.
  public func rows(_ label: Float) -> Int { counts[label] ?? 0 }

  /// Whether every known label is 0 or 1.
  public var isBinary: Bool { counts.keys.allSatisfy { $0 == 0 || $0 == 1 } }

  /// A label as files have it: its name, or the number with the digits that are known of it.
  public func text(_ label: Float) -> String {
    if !classNames.isEmpty, label >= 0, label < Float(classNames.count), label == label.rounded() {
      return classNames[Int(label)]
    }
    // From 2²⁴ on a Float does not know the last digits.
    guard abs(label) < 0x1p24 else { return "about \(label)" }
    return Int(exactly: label).map(String.init) ?? "\(label)"
  }
}

extension LabelTally: CustomStringConvertible {
  /// For example `0 (2 rows), 1 (1 row) and none (4 rows)`; of many labels the ends are shown.
  public var description: String {
    let labels = labels
    var parts: [String]
    if labels.count > Self.shownLabels {
      let some = beyond > 0 ? "more than \(labels.count)" : "\(labels.count)"
      let ends = [labels[0], labels[labels.count - 1]].map { "\"\(text($0))\"" }
      parts = ["\(some) different ones, from \(ends[0]) to \(ends[1]) (\(counted(known, "row")))"]
    } else {
      parts = labels.map { label in
        let name = classNames.isEmpty ? text(label) : "\"\(text(label))\""
        return "\(name) (\(counted(rows(label), "row")))"
      }
    }
    if unknown > 0 { parts.append("not known (\(counted(unknown, "row")))") }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "none" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Of more labels than these only the ends are shown.
  public static let shownLabels = 10
}

extension LabelTally {
  /// A `--label-map` that would make two classes of these labels; nil where none suggests itself.
  ///
  /// Names that differ only in case belong together. Numbers are cut in the middle, and a middle one is left out.
  public var suggestedMap: String? {
    let labels = labels
    guard labels.count > 1, labels.count <= Self.shownLabels, beyond == 0 else { return nil }
    let groups: [[Float]]
    let targets: [String]
    if classNames.isEmpty {
      let half = labels.count / 2
      (groups, targets) = ([Array(labels.prefix(half)), Array(labels.suffix(half))], ["0", "1"])
    } else {
      let folded = Dictionary(grouping: labels) { text($0).lowercased() }
      targets = folded.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      guard targets.count == 2 else { return nil }
      groups = targets.map { folded[$0] ?? [] }
    }
    let entries = zip(groups, targets).map { labels, target in
      LabelMap.Entry(labels: labels.map(text), target: target)
    }
    return entries.allSatisfy { $0.labels.allSatisfy { !$0.hasPrefix("about") } }
      ? LabelMap.text(entries) : nil
  }
}
