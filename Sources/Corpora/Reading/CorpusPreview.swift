/// What files hold, found in one pass that keeps only the first rows.
public struct CorpusPreview: Sendable {
  /// A row as it was read.
  public struct Row: Sendable, Equatable {
    /// The file as given.
    public var path: String
    /// Physical line, from 1, where the row starts.
    public var line: Int
    /// UTF-8 bytes of the text.
    public var text: [UInt8]
    /// The labels as names or numbers; nil where they are unknown.
    public var labels: [String?]
  }

  /// One file.
  public struct File: Sendable, Equatable {
    /// The file as given.
    public var path: String
    /// Its shape.
    public var format: CorpusFormat
    /// What was read and left out.
    public var summary: ReadingSummary
  }

  /// How many rows have a label, for one label column.
  public struct LabelCounts: Sendable, Equatable {
    /// The column or key.
    public var name: String
    /// Labels with their rows: names in the order of the alphabet, or numbers in theirs.
    public var counts: [(label: String, rows: Int)]
    /// Rows whose label is not known.
    public var unknown: Int
    /// The names of the labels 0, 1, …; empty when they are numbers.
    public var classNames: [String]

    /// The same counts by the numbers that labels become.
    public var tally: LabelTally {
      var tally = LabelTally(column: name, classNames: classNames)
      if unknown > 0 { tally.add(LabelNumber.unknown, rows: unknown) }
      for (label, rows) in counts {
        let number = classNames.isEmpty ? Float(label) : classNames.firstIndex(of: label).map(Float.init)
        if let number { tally.add(number, rows: rows) }
      }
      return tally
    }

    /// Whether both count the same.
    public static func == (left: LabelCounts, right: LabelCounts) -> Bool {
      left.name == right.name && left.unknown == right.unknown && left.classNames == right.classNames
        && left.counts.elementsEqual(right.counts, by: ==)
    }
  }

  /// The files in order.
  public private(set) var files: [File] = []
  /// The first rows.
  public private(set) var rows: [Row] = []
  /// Rows read from all files.
  public private(set) var rowCount = 0
  /// One for each label column.
  public private(set) var labels: [LabelCounts] = []
  /// Lengths of the texts in bytes.
  public private(set) var lengths = LengthDistribution()

  /// Reads files, or standard input for `-`.
  ///
  /// - Parameter rowsShown: How many of the first rows to keep.
  /// - Throws: `CorpusError` as reading the files in earnest does.
  public init(_ paths: [String], options: ReadingOptions, rowsShown: Int = 5) throws(CorpusError) {
    guard !paths.isEmpty else { throw .noFiles }
    let keys = options.wantedLabelKeys
    var counts = [[String: Int]](repeating: [:], count: keys.count)
    var areNames = [Bool?](repeating: nil, count: keys.count)
    var known = [[String]](repeating: [], count: keys.count)
    if case .known(let names) = options.classes {
      for (column, names) in zip(keys.indices, names) { known[column] = names }
    }
    for path in paths {
      let reader = try RowReader(path: path, options: options)
      var numbers = [[Float: Int]](repeating: [:], count: keys.count)
      while true {
        let shows = rows.count < rowsShown
        let row = try reader.nextRow { text, labels, line -> (row: CorpusRow?, length: Int) in
          for column in labels.indices { numbers[column][labels[column], default: 0] += 1 }
          return (shows ? CorpusRow(text: Array(text), labels: labels, line: line) : nil, text.count)
        }
        guard let row else { break }
        lengths.add(row.length)
        rowCount += 1
        if let row = row.row {
          rows.append(
            Row(
              path: path, line: row.line, text: row.text,
              labels: row.labels.enumerated().map { Self.name($1, reader.classNames[$0]) }))
        }
      }
      guard reader.summary.rowsRead > 0 else {
        throw reader.noUsableRows
      }
      for column in keys.indices where numbers[column].contains(where: { $0.key != LabelNumber.unknown }) {
        let hasNames = !reader.classNames[column].isEmpty
        guard hasNames == areNames[column] ?? hasNames else { throw .mixedLabels(column: keys[column]) }
        areNames[column] = hasNames
      }
      for column in keys.indices {
        for (number, rows) in numbers[column] {
          counts[column][Self.name(number, reader.classNames[column]) ?? "", default: 0] += rows
        }
      }
      files.append(File(path: path, format: reader.format, summary: reader.summary))
    }
    labels = keys.indices.map { column in
      let found = counts[column].filter { !$0.key.isEmpty }.map { (label: $0.key, rows: $0.value) }
      let hasNames = areNames[column] ?? false
      let sorted = found.sorted {
        hasNames
          ? $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) : Float($0.label) ?? 0 < Float($1.label) ?? 0
      }
      return LabelCounts(
        name: keys[column], counts: sorted, unknown: counts[column][""] ?? 0,
        classNames: !known[column].isEmpty ? known[column] : hasNames ? sorted.map(\.label) : [])
    }
  }

  /// The names of the labels of each column, as ``Corpus/classNames`` has them.
  public var classNames: [[String]] { labels.map(\.classNames) }

  private static func name(_ number: Float, _ names: [String]) -> String? {
    if number == LabelNumber.unknown { return nil }
    if !names.isEmpty, number >= 0, number < Float(names.count) { return names[Int(number)] }
    return Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
