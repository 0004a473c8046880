import Files

/// How the tensors a file holds differ from those a model needs.
public struct KeyMismatch: Equatable, Sendable {
  /// A tensor by name, with its shape.
  public struct Item: Equatable, Sendable {
    /// The name the tensor is stored under.
    public let name: String

    /// Size of each dimension.
    public let shape: [Int]
  }

  /// A tensor that both have, in different shapes.
  public struct WrongShape: Equatable, Sendable {
    /// The name the tensor is stored under.
    public let name: String

    /// The shape that the model needs.
    public let expected: [Int]

    /// The shape that the file holds.
    public let found: [Int]
  }

  /// What the model needs and the file lacks, in the model's order.
  public let missing: [Item]

  /// What the file holds and the model has no place for, in the file's order.
  public let unexpected: [Item]

  /// What both have in different shapes, in the model's order.
  public let wrongShape: [WrongShape]

  /// Rows that ``table`` shows before it only counts the others.
  public static let tableRows = 40

  /// Compares what a model needs with what a file holds.
  public init(expected: [(name: String, shape: [Int])], found: [(name: String, shape: [Int])]) {
    let needed = Set(expected.map(\.name))
    let held = Dictionary(found.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    missing = expected.filter { held[$0.name] == nil }.map { Item(name: $0.name, shape: $0.shape) }
    unexpected = found.filter { !needed.contains($0.name) }.map { Item(name: $0.name, shape: $0.shape) }
    wrongShape = expected.compactMap { item in
      guard let shape = held[item.name], shape != item.shape else { return nil }
      return WrongShape(name: item.name, expected: item.shape, found: shape)
    }
  }

  /// Throws ``CheckpointError/keyMismatch(path:mismatch:)`` unless names and shapes agree, in any order.
  public static func check(
    expected: [(name: String, shape: [Int])], found: [(name: String, shape: [Int])], path: String
  ) throws {
    let mismatch = KeyMismatch(expected: expected, found: found)
    if !mismatch.isEmpty { throw CheckpointError.keyMismatch(path: path, mismatch: mismatch) }
  }

  /// Whether there is no difference.
  public var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && wrongShape.isEmpty }

  /// The numbers of differences, as in "2 tensors missing, 1 of another shape".
  public var summary: String {
    let parts = [
      (missing.count, "missing"), (unexpected.count, "unexpected"), (wrongShape.count, "of another shape"),
    ].filter { $0.0 > 0 }
    guard let first = parts.first else { return "no difference" }
    let noun = first.0 == 1 ? "tensor" : "tensors"
    let rest = parts.dropFirst().map { ", \($0.0) \($0.1)" }.joined()
    return "\(first.0) \(noun) \(first.1)\(rest)"
  }

  /// One line a difference under a heading, in aligned columns, two spaces indented.
  public var table: String {
    var rows = [["tensor", "model", "file"]]
    rows += wrongShape.prefix(Self.tableRows).map { [$0.name.printable, "\($0.expected)", "\($0.found)"] }
    rows += missing.prefix(Self.tableRows).map { [$0.name.printable, "\($0.shape)", "missing"] }
    rows += unexpected.prefix(Self.tableRows).map { [$0.name.printable, "none", "\($0.shape)"] }
    rows = Array(rows.prefix(Self.tableRows + 1))
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "  " + cells.joined(separator: "  ") + "  " + row[2]
    }
    let left = missing.count + unexpected.count + wrongShape.count - (rows.count - 1)
    if left > 0 { lines.append("  … and \(left) more") }
    return lines.joined(separator: "\n")
  }
}
