import Foundation

/// The files one job writes: all of them take their places together at the end, or none is left behind.
final class PendingFiles {
  private var files: [PendingFile] = []
  private var createdFolders: [String] = []
  private var isPublished = false

  deinit {
    guard !isPublished else { return }
    for file in files { file.discard() }
    // Fails, as it should, where something else has moved in.
    for folder in createdFolders.reversed() { rmdir(folder) }
  }

  /// Starts a file beside the one it will replace.
  func file(at path: String) throws -> PendingFile {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ToolError.unwritable(path: path, reason: "it is a folder")
    }
    try createFolders(above: path)
    let file = try PendingFile(path: path)
    files.append(file)
    return file
  }

  /// Puts every file on disk, then gives each its name, in place of an older one.
  func publish() throws {
    for file in files { try file.close() }
    for file in files { try file.rename() }
    isPublished = true
  }

  private func createFolders(above path: String) throws {
    var missing: [String] = []
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.path) {
      missing.append(folder.path)
      folder.deleteLastPathComponent()
    }
    for folder in missing.reversed() {
      guard mkdir(folder, 0o777) == 0 else {
        throw ToolError.unwritable(path: path, reason: String(cString: strerror(errno)))
      }
      createdFolders.append(folder)
    }
  }
}

/// A file that is written aside under another name; made and published by ``PendingFiles``.
final class PendingFile {
  let path: String
  private let temporaryPath: String
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 20

  fileprivate init(path: String) throws {
    self.path = path
    let url = URL(fileURLWithPath: path)
    temporaryPath =
      url.deletingLastPathComponent().path + "/." + url.lastPathComponent
      + ".\(ProcessInfo.processInfo.processIdentifier).new"
    guard FileManager.default.createFile(atPath: temporaryPath, contents: nil),
      let handle = FileHandle(forWritingAtPath: temporaryPath)
    else {
      throw ToolError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    self.handle = handle
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  fileprivate func close() throws {
    try flush()
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw ToolError.unwritable(path: path, reason: error.localizedDescription)
    }
  }

  fileprivate func rename() throws {
    guard Foundation.rename(temporaryPath, path) == 0 else {
      throw ToolError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }

  fileprivate func discard() {
    try? handle.close()
    unlink(temporaryPath)
  }

  private func flush() throws {
    do {
      try handle.write(contentsOf: buffer)
    } catch {
      throw ToolError.unwritable(path: path, reason: error.localizedDescription)
    }
    buffer.removeAll(keepingCapacity: true)
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

/// A JSON array written element by element, one on each line.
struct JSONArrayOutput {
  let file: PendingFile
  private(set) var count = 0

  init(file: PendingFile) throws {
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
