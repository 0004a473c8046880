import Checkpoints
import Files
import Foundation

/// Rows as comma-separated values: quotes only where needed, lines end with LF.
enum CommaSeparated {
  static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { [UInt8(ascii: ","), 34, 10, 13].contains($0) }) else { return cell }
    return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// A JSON array written element by element, one on each line.
struct JSONArrayOutput {
  let file: FileSink
  private(set) var count = 0

  init(file: FileSink) throws {
    self.file = file
    try file.write("[")
  }

  mutating func append(_ element: String) throws {
    try file.write((count == 0 ? "\n" : ",\n") + element)
    count += 1
  }

  func finish() throws {
    try file.write("\n]\n")
  }
}
