import ArgumentParser
import Corpora
import Foundation

struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Cut huge files of JSON Lines into shards that can be trained on one after the other.",
    discussion: """
      Takes the next --rows lines for each shard, in the order of the files, and leaves out empty lines. Of the input only \
      one line is in memory. Each shard takes its name when it is whole, so that an interrupted job leaves whole shards.

      Example: sentiment-tools shard --input reviews.jsonl --output shards
               pretrain --shards --data shards/*.jsonl --text-key reviewText
      """)

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Files to read, one JSON object on each line.", valueName: "file"))
  var input: [String]

  @Option(help: ArgumentHelp("Folder to write to.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Lines of a shard.", valueName: "count"))
  var rows = 82_830

  @Option(
    help: ArgumentHelp(
      "jsonl: 0000.jsonl and so on, lines as they are; text: 0/input.txt and so on, the texts alone with a line feed "
        + "behind each.", valueName: "name"))
  var format = ShardFormat.jsonl

  @Option(help: ArgumentHelp("Key of the text, for --format text.", valueName: "name"))
  var textKey = "reviewText"

  func validate() throws {
    if rows < 1 { throw ValidationError("--rows must be at least 1, not \(rows).") }
  }

  func run() throws {
    var shards = ShardWriter(folder: output, format: format, rows: rows)
    for path in input {
      let reader = try LineReader(path: path, dataSet: .productReviews)
      var number = 0
      while let line = try reader.next() {
        number += 1
        guard let first = line.first(where: { ![32, 9].contains($0) }) else { continue }
        guard first == UInt8(ascii: "{") else {
          throw ToolError.malformedReview(path: path, line: number, reason: "it is not a JSON object")
        }
        guard line.withUnsafeBytes({ String(validating: $0, as: UTF8.self) }) != nil else {
          throw ToolError.notUTF8(path: path, line: number)
        }
        try shards.append(format == .jsonl ? Array(line) : try text(of: line, path: path, number: number))
      }
    }
    try shards.finish()
    if shards.rowCount == 0 { throw ToolError.empty(path: input.joined(separator: "', '")) }
    print("\(output): \(shards.rowCount) lines in \(shards.shardCount) shards")
  }

  private func text(of line: ArraySlice<UInt8>, path: String, number: Int) throws -> [UInt8] {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
      throw ToolError.malformedReview(path: path, line: number, reason: "it is not a JSON object")
    }
    guard let text = object[textKey] as? String else {
      throw ToolError.malformedReview(path: path, line: number, reason: "it has no text under '\(textKey)'")
    }
    return Array(text.utf8)
  }
}

enum ShardFormat: String, ExpressibleByArgument, CaseIterable {
  case jsonl, text

  /// Where shard `number` goes.
  func path(_ folder: String, _ number: Int) -> String {
    switch self {
    case .jsonl: "\(folder)/\(String(format: "%04d", number)).jsonl"
    case .text: "\(folder)/\(number)/input.txt"
    }
  }
}

/// Shards, of which only the one being filled is open.
struct ShardWriter {
  let folder: String
  let format: ShardFormat
  let rows: Int
  private(set) var rowCount = 0
  private(set) var shardCount = 0
  private var open: (files: PendingFiles, file: PendingFile)?

  init(folder: String, format: ShardFormat, rows: Int) {
    self.folder = folder
    self.format = format
    self.rows = rows
  }

  mutating func append(_ line: [UInt8]) throws {
    if rowCount % rows == 0 { try begin() }
    try open?.file.write(line)
    try open?.file.write([UInt8(ascii: "\n")])
    rowCount += 1
  }

  mutating func finish() throws {
    try open?.files.publish()
    open = nil
  }

  private mutating func begin() throws {
    try finish()
    let files = PendingFiles()
    open = (files, try files.file(at: format.path(folder, shardCount)))
    shardCount += 1
  }
}
