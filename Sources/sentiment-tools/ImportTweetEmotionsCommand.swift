import Files
import ArgumentParser
import Checkpoints
import ToolSupport

struct ImportTweetEmotionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "semeval",
    abstract: "SemEval-2018 Task 1 E-c: tweets with eleven emotions.",
    discussion: """
      Reads tab-separated files such as 2018-E-c-En-train.txt (https://competitions.codalab.org/competitions/17751). \
      Writes one CSV file with a row number, ID, Tweet and a column of 0 and 1 for each emotion; without the emotions \
      where the input holds NONE. Several input files are joined in order.
      """)

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Files to read.", valueName: "file"))
  var input: [String]

  @Option(help: ArgumentHelp("File to write.", valueName: "file"))
  var output = "data/semeval/train.csv"

  func run() throws {
    try OutputCheck.requireDistinct(
      outputs: [NamedFile("--output", output)], inputs: input.map { NamedFile("--input", $0) })
    let files = PendingFiles()
    let file = try files.begin(output)
    var count = 0
    var first: (path: String, isLabelled: Bool)?
    for path in input {
      let tweets = try TweetEmotions(path: path)
      if let first {
        guard first.isLabelled == tweets.isLabelled else {
          throw ToolError.differentLabelling(path: path, first: first.path)
        }
      } else {
        first = (path, tweets.isLabelled)
        try file.write(
          CommaSeparated.line(["", "ID", "Tweet"] + (tweets.isLabelled ? TweetEmotions.emotions : [])))
      }
      for row in tweets.rows {
        try file.write(CommaSeparated.line([String(count), row.identifier, row.tweet] + row.labels))
        count += 1
      }
    }
    try files.publish()
    try Console.standardOutput.writeLine(
      "\(output): \(TextFormat.counted(count, "tweet"))\(first?.isLabelled == true ? "" : " without labels")")
  }
}
