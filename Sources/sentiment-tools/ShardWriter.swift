import Files
import ArgumentParser
import Checkpoints
import Foundation

/// How shards are named and what stands in them.
enum ShardFormat: String, ExpressibleByArgument, CaseIterable {
  case jsonl, text

  /// Where shard `number` goes.
  func path(_ folder: String, _ number: Int) -> String {
    switch self {
    case .jsonl: "\(folder)/\(String(format: "%04d", number)).jsonl"
    case .text: "\(folder)/\(number)/input.txt"
    }
  }

  /// The shards of either format that stand in `folder`, in the order of their names.
  static func existing(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { name in
      if name.wholeMatch(of: /[0-9]{4,}\.jsonl/) != nil { return "\(folder)/\(name)" }
      let text = "\(folder)/\(name)/input.txt"
      return name.wholeMatch(of: /[0-9]+/) != nil && FileManager.default.fileExists(atPath: text) ? text : nil
    }
  }
}

/// Shards that take their names together; only the one being filled is open.
struct ShardWriter {
  private let folder: String
  private let format: ShardFormat
  private let rows: Int
  private let files = PendingFiles()
  private var file: FileSink?
  private(set) var rowCount = 0
  private(set) var shardCount = 0

  init(folder: String, format: ShardFormat, rows: Int) {
    self.folder = folder
    self.format = format
    self.rows = rows
  }

  mutating func append(_ line: [UInt8]) throws {
    if rowCount % rows == 0 {
      if let file { try files.complete(file) }
      file = try files.begin(format.path(folder, shardCount))
      shardCount += 1
    }
    try file?.write(line + [UInt8(ascii: "\n")])
    rowCount += 1
  }

  /// Gives the shards their names; those of an earlier job that are not replaced vanish.
  func finish(replacing older: [String]) throws { try files.publish(removing: older) }
}
