import Files
import Foundation

/// What files hold, found in one pass that keeps no text: how many rows, of what shape, with which labels.
public struct CorpusSurvey: Sendable {
  /// Rows with a text.
  public private(set) var rows = 0
  /// What was read and left out.
  public private(set) var summary = ReadingSummary()
  /// Shape of the first file.
  public private(set) var format = CorpusFormat.plainText
  /// Name of the text's column in the first file; nil where there is no column.
  public private(set) var textName: String?
  /// Whether a file has a column of labels, known or not.
  public private(set) var hasLabelColumns = false
  /// One for each label column.
  public private(set) var labels: [LabelTally]

  /// Reads files one after another.
  ///
  /// - Throws: `CorpusError` as reading the files in earnest does.
  public init(_ paths: [String], options: ReadingOptions) throws(CorpusError) {
    guard !paths.isEmpty else { throw .noFiles }
    labels = options.wantedLabelKeys.map { LabelTally(column: $0) }
    for (place, path) in paths.enumerated() {
      let reader = try RowReader(path: path, options: options)
      if place == 0 { (format, textName) = (reader.format, reader.textName) }
      hasLabelColumns = hasLabelColumns || reader.hasLabelColumns
      while let found = try reader.nextRow({ _, labels, _ in labels }) {
        rows += 1
        for column in labels.indices { labels[column].add(found[column]) }
      }
      guard reader.summary.rowsRead > 0 else { throw reader.noUsableRows }
      for column in labels.indices { labels[column].classNames = reader.classNames[column] }
      summary.add(reader.summary)
    }
  }

  /// The same of texts in memory.
  public init(_ corpus: Corpus) {
    rows = corpus.count
    summary = corpus.summary
    format = corpus.format
    textName = corpus.textName
    hasLabelColumns = corpus.hasLabelColumns
    labels = corpus.labelTallies
  }

  /// Whether any row has any label that is known.
  public var hasKnownLabels: Bool { labels.contains { $0.known > 0 } }

  /// Whether all of these are files that can be read twice; a pipe gives its bytes once.
  public static func canReadTwice(_ paths: [String]) -> Bool {
    paths.allSatisfy { path in
      var status = stat()
      return path != "-" && stat(path.fileName, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
  }
}

extension Corpus {
  /// How many rows have each label, one tally for each label column.
  public var labelTallies: [LabelTally] {
    labels.indices.map { column in
      var tally = LabelTally(column: labelNames[column], classNames: classNames[column])
      for label in labels[column] { tally.add(label) }
      return tally
    }
  }
}
