import Files

/// Why a row was left out.
public enum SkipReason: String, Sendable, Codable, CaseIterable {
  /// The text is empty, nothing but white space, or null.
  case emptyText = "empty text"
  /// A label that is needed is empty or null.
  case emptyLabel = "empty label"
  /// A label that is needed is none of the label map's.
  case unmappedLabel = "label not in the label map"
  /// A line without anything between rows of columns or objects.
  case blankLine = "blank line"
}

/// A place in a file: the line, from 1, where a row starts.
public struct RowPlace: Sendable, Codable, Equatable {
  /// The path as given.
  public var path: String
  /// Physical line, from 1.
  public var line: Int
}

/// What was read and what was left out.
public struct ReadingSummary: Sendable, Codable, Equatable {
  /// The rows left out for one reason.
  public struct Skipped: Sendable, Codable, Equatable {
    /// How many rows.
    public var count = 0
    /// Where the first of them stand, at most `ReadingSummary.placesKept`.
    public var firstPlaces: [RowPlace] = []

    mutating func add(path: String, line: Int) {
      count += 1
      if firstPlaces.count < ReadingSummary.placesKept { firstPlaces.append(RowPlace(path: path, line: line)) }
    }

    mutating func add(_ other: Skipped) {
      count += other.count
      firstPlaces = Array((firstPlaces + other.firstPlaces).prefix(ReadingSummary.placesKept))
    }
  }

  /// How many places are remembered for each reason.
  public static let placesKept = 5

  /// Rows that became a text.
  public internal(set) var rowsRead = 0
  /// Rows left out, by reason.
  public internal(set) var skipped: [SkipReason: Skipped] = [:]
  /// Label columns that no file has; their labels are −1.
  public internal(set) var missingLabelKeys: [String] = []
  /// Labels that were written as −1, which means that they are not known.
  public internal(set) var labelsWrittenAsUnknown = 0
  /// Labels that the label map does not name, whether their rows were left out or not.
  public internal(set) var unmappedLabels = 0
  /// The first different ones of them, as they were written.
  public internal(set) var unmappedSpellings: [String] = []
  /// What was met in rows that were read all the same.
  public internal(set) var remarked: [RowRemark: Skipped] = [:]
  /// How files are read that may not be expected.
  public internal(set) var notices: [ReadingNotice] = []

  /// An empty summary.
  public init() {}

  /// Rows left out for any reason.
  public var rowsSkipped: Int { skipped.values.reduce(0) { $0 + $1.count } }

  /// All that a user should be told: notices, remarks on rows, and rows that were left out.
  public var tellings: [ReadingTelling] {
    notices.map { .notice($0) }
      + RowRemark.allCases.compactMap { remark in
        remarked[remark].map { .remark(remark, rows: $0.count, places: Self.places($0)) }
      } + (rowsSkipped > 0 ? [.skipped(description)] : [])
  }

  /// Leaves out notices that have been told.
  package mutating func forget(_ told: [ReadingNotice]) { notices.removeAll { told.contains($0) } }

  mutating func skip(_ reason: SkipReason, path: String, line: Int) {
    skipped[reason, default: Skipped()].add(path: path, line: line)
  }

  mutating func remark(_ remark: RowRemark, path: String, line: Int) {
    remarked[remark, default: Skipped()].add(path: path, line: line)
  }

  /// Counts a label that the label map does not name.
  mutating func addUnmapped(_ label: String) {
    unmappedLabels += 1
    if unmappedSpellings.count < Self.placesKept, !unmappedSpellings.contains(label) { unmappedSpellings.append(label) }
  }

  mutating func add(_ other: ReadingSummary) {
    rowsRead += other.rowsRead
    labelsWrittenAsUnknown += other.labelsWrittenAsUnknown
    unmappedLabels += other.unmappedLabels
    for label in other.unmappedSpellings
    where unmappedSpellings.count < Self.placesKept && !unmappedSpellings.contains(label) {
      unmappedSpellings.append(label)
    }
    for (reason, rows) in other.skipped { skipped[reason, default: Skipped()].add(rows) }
    for (remark, rows) in other.remarked { remarked[remark, default: Skipped()].add(rows) }
    for notice in other.notices where !notices.contains(notice) { notices.append(notice) }
    for key in other.missingLabelKeys where !missingLabelKeys.contains(key) { missingLabelKeys.append(key) }
  }
}

extension ReadingSummary: CustomStringConvertible {
  /// For a progress line: `3 rows read, 2 skipped (empty text: 2, at lines 4 and 9)`.
  public var description: String {
    let read = "\(rowsRead) \(rowsRead == 1 ? "row" : "rows") read"
    guard rowsSkipped > 0 else { return read }
    let reasons = SkipReason.allCases.compactMap { reason in
      skipped[reason].map { "\(reason.rawValue): \($0.count)" + Self.places($0) }
    }
    return "\(read), \(rowsSkipped) skipped (\(reasons.joined(separator: "; ")))"
  }

  /// `, at lines 4 and 9`; `first at` when there are more, and with the path where there are several files.
  private static func places(_ rows: Skipped) -> String {
    guard let first = rows.firstPlaces.first else { return "" }
    let isOneFile = rows.firstPlaces.allSatisfy { $0.path == first.path }
    let words = rows.firstPlaces.map { isOneFile ? "\($0.line)" : "\($0.path.shownAsPath) line \($0.line)" }
    let noun = isOneFile ? (words.count == 1 ? "line " : "lines ") : ""
    let list = words.count > 1 ? words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1] : words[0]
    return ", \(rows.count > words.count ? "first " : "")at \(noun)\(list)"
  }
}
