import Files
import ArgumentParser
import Checkpoints
import ToolSupport

struct ImportTreebankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sst",
    abstract: "Stanford Sentiment Treebank, as positive and negative sentences.",
    discussion: """
      Reads train.txt, dev.txt and test.txt of trainDevTestTrees_PTB.zip (https://nlp.stanford.edu/sentiment). Labels \
      0 and 1 become 0, labels 3 and 4 become 1, neutral sentences are left out. Writes train.csv, val.csv, test.csv \
      with the columns label and sentence, and unsup.csv, the three of them joined.
      """)

  @Option(help: ArgumentHelp("Folder with train.txt, dev.txt and test.txt.", valueName: "folder"))
  var input: String

  @Option(help: ArgumentHelp("Folder to write to.", valueName: "folder"))
  var output = "data/binary_sst"

  func run() throws {
    let header = CommaSeparated.line(["label", "sentence"])
    let files = PendingFiles()
    let joined = try files.begin("\(output)/unsup.csv")
    try joined.write(header)
    var report: [String] = []
    var total = 0
    for (source, target) in [("train", "train"), ("dev", "val"), ("test", "test")] {
      let rows = try Self.rows(of: "\(input)/\(source).txt")
      let file = try files.begin("\(output)/\(target).csv")
      try file.write(header)
      for row in rows {
        try file.write(row)
        try joined.write(row)
      }
      report.append("\(file.path): \(TextFormat.counted(rows.count, "sentence"))")
      total += rows.count
    }
    try files.publish()
    for line in report + ["\(joined.path): \(TextFormat.counted(total, "sentence"))"] {
      try Console.standardOutput.writeLine(line)
    }
  }

  private static func rows(of path: String) throws -> [String] {
    let text = try InputText.contents(of: path, dataSet: .sentimentTreebank)
    var rows: [String] = []
    for (number, line) in InputText.numberedLines(of: text) where !line.allSatisfy(\.isWhitespace) {
      do {
        let tree = try SentimentTree(parsing: line)
        guard let label = tree.binaryLabel else { continue }
        rows.append(CommaSeparated.line([String(label), tree.sentence]))
      } catch let malformed as SentimentTree.Malformed {
        throw ToolError.malformedTree(path: path, line: number, reason: malformed.reason)
      }
    }
    if rows.isEmpty { throw ToolError.empty(path: path) }
    return rows
  }
}
