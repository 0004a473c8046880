import Files
import ArgumentParser
import Checkpoints
import Foundation
import ToolSupport

struct ImportProductReviewsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amazon",
    abstract: "Amazon product reviews: one JSON object on each line.",
    discussion: """
      Reads unpacked JSON Lines files (https://nijianmo.github.io/amazon) and keeps reviewText and overall. Empty texts \
      and exact repetitions are dropped and counted. Memory grows by about 16 bytes for each different review.
      """)

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Files to read.", valueName: "file"))
  var input: [String]

  @Option(help: ArgumentHelp("File to write, one JSON object on each line.", valueName: "file"))
  var output = "data/amazon/reviews.json"

  @Option(help: ArgumentHelp("Stop after this many reviews were kept.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, not \(limit).") }
  }

  func run() throws {
    try OutputCheck.requireDistinct(
      outputs: [NamedFile("--output", output)], inputs: input.map { NamedFile("--input", $0) })
    let files = PendingFiles()
    let file = try files.begin(output)
    var seen: Set<UInt64> = []
    var counts = (kept: 0, empty: 0, repeated: 0)
    let limit = limit ?? .max
    let decoder = JSONDecoder()

    reading: for path in input {
      let reader = try LineReader(path: path, dataSet: .productReviews)
      var number = 0
      while let line = try reader.next() {
        number += 1
        let review = try ProductReview(line: line, path: path, number: number, decoder: decoder)
        if review.text.allSatisfy(\.isWhitespace) {
          counts.empty += 1
        } else if seen.insert(review.textHash).inserted {
          try file.write(review.jsonLine)
          counts.kept += 1
          if counts.kept == limit { break reading }
        } else {
          counts.repeated += 1
        }
      }
    }
    if counts.kept == 0 { throw ToolError.empty(path: input.joined(separator: "', '")) }
    try files.publish()
    try Console.standardOutput.writeLine(
      "\(output): \(TextFormat.counted(counts.kept, "review")) (left out: \(counts.empty) empty, "
        + "\(counts.repeated) repeated)")
  }
}
