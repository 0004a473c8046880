import Foundation

/// A file that is written aside and takes its place only when it is published.
///
/// Unless `publish()` is called, nothing of it stays behind, folders made for it included.
final class PendingFile {
  let path: String
  private let temporaryPath: String
  private let createdFolders: [String]
  private var handle: FileHandle?
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 20

  init(path: String) throws {
    self.path = path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ToolError.unwritable(path: path, reason: "it is a folder")
    }
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    createdFolders = try Self.createFolders(upTo: folder, for: path)
    temporaryPath = folder + "/." + url.lastPathComponent + ".\(ProcessInfo.processInfo.processIdentifier).new"
    guard FileManager.default.createFile(atPath: temporaryPath, contents: nil),
      let handle = FileHandle(forWritingAtPath: temporaryPath)
    else {
      throw ToolError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    self.handle = handle
  }

  deinit {
    guard handle != nil else { return }
    try? handle?.close()
    unlink(temporaryPath)
    // Fails, as it should, where something else has moved in.
    for folder in createdFolders { rmdir(folder) }
  }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Gives the finished file its name, in place of an older one.
  func publish() throws {
    try flush()
    do {
      try handle?.synchronize()
      try handle?.close()
    } catch {
      throw ToolError.unwritable(path: path, reason: error.localizedDescription)
    }
    guard rename(temporaryPath, path) == 0 else {
      throw ToolError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    handle = nil
  }

  private func flush() throws {
    do {
      try handle?.write(contentsOf: buffer)
    } catch {
      throw ToolError.unwritable(path: path, reason: error.localizedDescription)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Makes the missing folders and returns them, innermost first.
  private static func createFolders(upTo folder: String, for path: String) throws -> [String] {
    var missing: [String] = []
    var url = URL(fileURLWithPath: folder)
    while !FileManager.default.fileExists(atPath: url.path) {
      missing.append(url.path)
      url.deleteLastPathComponent()
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw ToolError.unwritable(path: path, reason: "its folder cannot be made")
    }
    return missing
  }
}

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

/// Text as a JSON string, non-ASCII characters kept as they are.
enum JSONText {
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// A JSON array written element by element, one on each line.
struct JSONArrayOutput {
  private let file: PendingFile
  private(set) var count = 0

  init(path: String) throws {
    file = try PendingFile(path: path)
    try file.write("[")
  }

  mutating func append(_ element: String) throws {
    try file.write((count == 0 ? "\n" : ",\n") + element)
    count += 1
  }

  func publish() throws {
    try file.write("\n]\n")
    try file.publish()
  }
}
