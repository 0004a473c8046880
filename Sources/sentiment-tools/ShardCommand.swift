import Files
import ArgumentParser
import Corpora
import Foundation
import ToolSupport

struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Cut huge files of JSON Lines into shards that can be trained on one after the other.",
    discussion: """
      Takes the next --rows lines for each shard, in the order of the files, and leaves out empty lines. Of the input only \
      one line is in memory. All shards take their names together at the end; a line that is no JSON object ends the job \
      and leaves everything as it was.

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

  @Option(help: ArgumentHelp("Key of the text, for --format text (default: reviewText).", valueName: "name"))
  var textKey: String?

  @Flag(help: "Put the new shards in the place of those that an earlier job left in the folder.")
  var force = false

  func validate() throws {
    if rows < 1 { throw ValidationError("--rows must be at least 1, not \(rows).") }
    if output.isEmpty { throw ValidationError("--output must name a folder; it is empty.") }
  }

  func run() throws {
    let older = ShardFormat.existing(in: output)
    if !older.isEmpty, !force {
      throw ToolError.holdsOlderFiles(folder: output, what: TextFormat.counted(older.count, "shard"))
    }
    try OutputCheck.requireDistinct(
      outputs: older.map { NamedFile("--output", $0) }, inputs: input.map { NamedFile("--input", $0) })
    if textKey != nil, format == .jsonl {
      Console.note("Note: --text-key has no effect with --format jsonl: lines are kept as they are.")
    }
    var shards = ShardWriter(folder: output, format: format, rows: rows)
    var blankLines = 0
    for path in input {
      let reader = try LineReader(path: path, dataSet: nil)
      var number = 0
      while let line = try reader.next() {
        number += 1
        guard line.contains(where: { ![32, 9].contains($0) }) else {
          blankLines += 1
          continue
        }
        guard line.withUnsafeBytes({ String(validating: $0, as: UTF8.self) }) != nil else {
          throw ToolError.notUTF8(path: path, line: number)
        }
        if let fault = JSONLine.fault(in: line) {
          throw ToolError.malformedLine(path: path, line: number, reason: fault)
        }
        try shards.append(format == .jsonl ? Array(line) : try text(of: line, path: path, number: number))
      }
    }
    if shards.rowCount == 0 { throw ToolError.empty(path: input.joined(separator: "', '")) }
    try shards.finish(replacing: older)
    try Console.standardOutput.writeLine(
      "\(output): \(TextFormat.counted(shards.rowCount, "line")) in \(TextFormat.counted(shards.shardCount, "shard"))"
        + (blankLines == 0 ? "" : " (left out: \(TextFormat.counted(blankLines, "empty line")))"))
  }

  private func text(of line: ArraySlice<UInt8>, path: String, number: Int) throws -> [UInt8] {
    let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
    let key = textKey ?? "reviewText"
    guard let text = object?[key] as? String else {
      throw ToolError.malformedLine(path: path, line: number, reason: "it has no text under '\(key)'")
    }
    return Array(text.utf8)
  }
}
