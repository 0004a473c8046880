/// The rows of one file of SemEval-2018 Task 1 E-c: tab-separated, with eleven emotions as 0 or 1, or NONE.
struct TweetEmotions {
  struct Row {
    let identifier: String
    let tweet: String
    /// In the order of ``emotions``; empty when the file is not labelled.
    let labels: [String]
  }

  static let emotions = [
    "anger", "anticipation", "disgust", "fear", "joy", "love", "optimism", "pessimism", "sadness", "surprise", "trust",
  ]

  let rows: [Row]
  var isLabelled: Bool { rows.first.map { !$0.labels.isEmpty } ?? false }

  init(path: String) throws {
    let lines = InputText.numberedLines(of: try InputText.contents(of: path, dataSet: .tweetEmotions))
      .filter { !$0.text.isEmpty }
    guard let header = lines.first else { throw ToolError.empty(path: path) }
    let columns = Self.cells(of: header.text)

    func index(of column: String) throws -> Int {
      guard let index = columns.firstIndex(of: column) else {
        throw ToolError.missingColumn(path: path, column: column, found: columns)
      }
      return index
    }
    let identifierColumn = try index(of: "ID")
    let tweetColumn = try index(of: "Tweet")
    let hasEmotions = Self.emotions.contains { columns.contains($0) }
    let emotionColumns = hasEmotions ? try Self.emotions.map(index) : []

    var rows: [Row] = []
    for (number, line) in lines.dropFirst() {
      let cells = Self.cells(of: line)
      guard cells.count == columns.count else {
        throw ToolError.wrongColumnCount(path: path, line: number, found: cells.count, expected: columns.count)
      }
      var labels: [String] = []
      for (emotion, column) in zip(Self.emotions, emotionColumns) {
        guard ["0", "1", "NONE"].contains(cells[column]) else {
          throw ToolError.unknownLabel(path: path, line: number, column: emotion, found: cells[column])
        }
        if cells[column] != "NONE" { labels.append(cells[column]) }
      }
      let isComplete = labels.count == emotionColumns.count
      let agreesWithOthers = rows.first.map { $0.labels.isEmpty == labels.isEmpty } ?? true
      guard isComplete || labels.isEmpty, agreesWithOthers else {
        throw ToolError.mixedLabels(path: path, line: number)
      }
      rows.append(Row(identifier: cells[identifierColumn], tweet: cells[tweetColumn], labels: labels))
    }
    if rows.isEmpty { throw ToolError.empty(path: path) }
    self.rows = rows
  }

  private static func cells(of line: Substring) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}
