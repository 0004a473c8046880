import Files
import Corpora

/// A preview of texts in words.
enum PreviewText {
  /// Characters of a text that are shown.
  private static let shownCharacters = 160
  private static let shownLabels = 20

  static func lines(_ preview: CorpusPreview, name: String, cleaning: CleaningMethod) -> [String] {
    var lines: [String] = []
    for file in preview.files { lines += describe(file, name: name) }
    for column in preview.labels { lines += histogram(column) }
    lines.append(lengths(preview.lengths))
    let keys = preview.labels.map(\.name)
    for shown in preview.rows {
      lines += row(shown, keys: keys, cleaning: cleaning, showsPath: preview.files.count > 1)
    }
    return lines
  }

  private static func describe(_ file: CorpusPreview.File, name: String) -> [String] {
    let summary = file.summary.description
    let others = file.summary.tellings.filter { $0 != .skipped(summary) }
    return ["\(name): \(file.path.shownAsPath), \(format(file.format)), \(summary)"]
      + others.map { "  " + Advice.sentence($0) }
  }

  private static func format(_ format: CorpusFormat) -> String {
    switch format {
    case .delimited(9): "columns separated by TAB"
    case .delimited(let delimiter): "columns separated by '\(Character(Unicode.Scalar(delimiter)))'"
    case .jsonArray: "a JSON array"
    case .jsonLines: "JSON Lines"
    case .plainText: "plain text, one text a line"
    }
  }

  private static func histogram(_ column: CorpusPreview.LabelCounts) -> [String] {
    let total = column.counts.reduce(column.unknown) { $0 + $1.rows }
    var entries = column.counts.prefix(shownLabels).map { entry -> (String, Int) in
      let label = entry.label.printable(limit: 40)
      return (column.classNames.firstIndex(of: entry.label).map { "\($0) \(label)" } ?? label, entry.rows)
    }
    let rest = column.counts.dropFirst(shownLabels)
    if !rest.isEmpty { entries.append(("\(rest.count) others", rest.reduce(0) { $0 + $1.rows })) }
    if column.unknown > 0 { entries.append(("unknown", column.unknown)) }
    let widest = entries.map(\.0.count).max() ?? 0
    let name = column.name.printable(limit: 40)
    return entries.map { label, rows in
      "  \(name) \(label.padding(to: widest))  \(TextFormat.counted(rows, "row")), \(TextFormat.percent(rows, of: total))"
    }
  }

  private static func lengths(_ lengths: LengthDistribution) -> String {
    let places = [("shortest", 0.0), ("10 %", 10), ("median", 50), ("90 %", 90), ("99 %", 99), ("longest", 100)]
    let parts = places.compactMap { name, percent in
      lengths.percentile(percent).map { "\(name) \(TextFormat.count($0))" }
    }
    return "  bytes of a text: " + parts.joined(separator: ", ") + "; \(TextFormat.bytes(lengths.sum)) in all"
  }

  private static func row(
    _ row: CorpusPreview.Row, keys: [String], cleaning: CleaningMethod, showsPath: Bool
  ) -> [String] {
    let labels = zip(keys, row.labels).map { key, label -> String in
      ", \(key.printable(limit: 40)) \((label ?? "unknown").printable(limit: 40))"
    }.joined()
    let place = showsPath ? "\(row.path.shownAsPath) line \(row.line)" : "line \(row.line)"
    return [
      "  \(place)\(labels)", "    read:    \(visible(row.text))",
      "    cleaned: \(visible(cleaning.clean(row.text))) (\(cleaning.rawValue))",
    ]
  }

  /// The start of a text in quotes on one line, with what cannot be seen as escapes.
  private static func visible(_ text: [UInt8]) -> String {
    let characters = String(decoding: text, as: UTF8.self)
    let start = characters.prefix(shownCharacters)
    let escaped = start.unicodeScalars.map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
    }
    return "\"" + escaped.joined() + "\"" + (start.endIndex < characters.endIndex ? "… \(text.count) bytes" : "")
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
