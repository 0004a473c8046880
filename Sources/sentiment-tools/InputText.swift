import Files
import Foundation

/// Reads whole files and streams of lines, with errors that name the file and the line.
enum InputText {
  static func contents(of path: String, dataSet: DataSetLayout) throws -> String {
    let data = try bytes(of: path, dataSet: dataSet)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ToolError.notUTF8(path: path, line: nil)
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func bytes(of path: String, dataSet: DataSetLayout) throws -> Data {
    let handle = try open(path, dataSet: dataSet)
    do {
      let data = try handle.readToEnd() ?? Data()
      if isCompressed(data.prefix(4)) { throw ToolError.compressed(path: path) }
      return data
    } catch let error as CocoaError {
      throw ToolError.unreadable(path: path, reason: error.localizedDescription)
    }
  }

  static func open(_ path: String, dataSet: DataSetLayout?) throws -> FileHandle {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ToolError.missing(path: path, dataSet: dataSet)
    }
    if isFolder.boolValue { throw ToolError.unreadable(path: path, reason: "it is a folder") }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw ToolError.unreadable(path: path, reason: SystemError.current)
    }
    return handle
  }

  /// Whether a file starts like one of gzip or zip.
  static func isCompressed(_ start: some Collection<UInt8>) -> Bool {
    start.starts(with: [0x1F, 0x8B]) || start.starts(with: [0x50, 0x4B, 3, 4])
  }

  /// The lines of a text with their numbers from 1; LF or CR LF ends a line, a missing last line end does not matter.
  static func numberedLines(of text: String) -> [(number: Int, text: Substring)] {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.enumerated().map { index, line in
      (index + 1, line.utf8.last == UInt8(ascii: "\r") ? Substring(line.utf8.dropLast()) : line)
    }
  }
}

/// Reads a file line by line, of which only the current one is held in memory.
final class LineReader {
  private let path: String
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private static let chunkSize = 1 << 20

  init(path: String, dataSet: DataSetLayout?) throws {
    self.path = path
    handle = try InputText.open(path, dataSet: dataSet)
    try fill()
    if InputText.isCompressed(buffer.prefix(4)) { throw ToolError.compressed(path: path) }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The bytes of the next line without its end, or `nil` after the last one.
  func next() throws -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return withoutCarriageReturn(buffer[position..<end])
      }
      if isAtEnd {
        guard position < buffer.count else { return nil }
        defer { position = buffer.count }
        return withoutCarriageReturn(buffer[position...])
      }
      let unread = buffer.count - position
      try fill()
      searched = position + unread
    }
  }

  private func withoutCarriageReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }

  private func fill() throws {
    buffer.removeSubrange(..<position)
    position = 0
    do {
      guard let chunk = try handle.read(upToCount: Self.chunkSize), !chunk.isEmpty else {
        isAtEnd = true
        return
      }
      buffer.append(contentsOf: chunk)
    } catch {
      throw ToolError.unreadable(path: path, reason: error.localizedDescription)
    }
  }
}
