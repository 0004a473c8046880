import Files
import Checkpoints
import Foundation

/// A file of TensorBoard events: scalars over training steps.
///
/// A record is its length (8 bytes, little-endian), the masked CRC-32C of those bytes, the event as protocol buffer, and the
/// event's masked CRC-32C. The first event names the version `brain.Event:2`.
public final class EventFile {
  /// Where the file is.
  public let path: String
  private let handle: FileHandle

  /// Whether `folder` holds a file of events.
  static func exists(in folder: String) -> Bool {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).contains { $0.hasPrefix(namePrefix) }
  }

  private static let namePrefix = "events.out.tfevents."

  /// Starts a file in `folder`, which must exist, under the name TensorBoard looks for.
  ///
  /// - Parameters:
  ///   - resumingAt: the step that a run goes on from, -1 for none; what earlier files hold beyond it is no longer
  ///     shown.
  ///   - seconds: the time, in seconds since 1970.
  /// - Throws: `FileError.writeFailed`.
  public init(in folder: String, resumingAt: Int? = nil, seconds: Double = Date().timeIntervalSince1970) throws {
    let host = ProcessInfo.processInfo.hostName.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
    let stem = "\(folder)/\(Self.namePrefix)\(Int64(seconds)).\(host)"
    // Two runs within a second, as in tests, must not share a file.
    let path =
      (0...).lazy.map { $0 == 0 ? stem : "\(stem).\($0)" }
      .first { !FileManager.default.fileExists(atPath: $0) } ?? stem
    self.path = path
    handle = try LogFile.open(path, appending: false)
    var version = Self.event(step: 0, seconds: seconds)
    version.add(3, text: "brain.Event:2")
    try write(version)
    if let resumingAt {
      var start = ProtobufMessage()
      start.add(1, integer: 1)
      var event = Self.event(step: resumingAt + 1, seconds: seconds)
      event.add(7, message: start)
      try write(event)
    }
  }

  /// Adds scalars to a step; those that are no finite numbers are written as they are.
  ///
  /// - Throws: `FileError.writeFailed`.
  public func write(
    _ scalars: [(tag: String, value: Double)], step: Int, seconds: Double = Date().timeIntervalSince1970
  ) throws {
    var summary = ProtobufMessage()
    for (tag, value) in scalars {
      var entry = ProtobufMessage()
      entry.add(1, text: tag)
      entry.add(2, float: Float(value))
      summary.add(1, message: entry)
    }
    var event = Self.event(step: step, seconds: seconds)
    event.add(5, message: summary)
    try write(event)
  }

  private static func event(step: Int, seconds: Double) -> ProtobufMessage {
    var event = ProtobufMessage()
    event.add(1, double: seconds)
    event.add(2, integer: Int64(step))
    return event
  }

  private func write(_ event: ProtobufMessage) throws {
    try LogFile.write(Self.record(event.bytes), to: handle, path: path)
  }

  /// An event in the frame of the file.
  static func record(_ event: [UInt8]) -> [UInt8] {
    let length = withUnsafeBytes(of: UInt64(event.count).littleEndian) { Array($0) }
    func checksum(_ bytes: [UInt8]) -> [UInt8] {
      withUnsafeBytes(of: MaskedChecksum.of(bytes).littleEndian) { Array($0) }
    }
    return length + checksum(length) + event + checksum(event)
  }
}

/// Files that grow while a run goes on.
enum LogFile {
  static func open(_ path: String, appending: Bool) throws -> FileHandle {
    if !FileManager.default.fileExists(atPath: path) || !appending {
      guard FileManager.default.createFile(atPath: path, contents: nil) else { throw failure(path) }
    }
    guard let handle = FileHandle(forWritingAtPath: path) else { throw failure(path) }
    if appending { _ = try? handle.seekToEnd() }
    return handle
  }

  static func write(_ bytes: [UInt8], to handle: FileHandle, path: String) throws {
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw failure(path)
    }
  }

  private static func failure(_ path: String) -> FileError {
    .writeFailed(path: path, reason: SystemError.current, previousKept: false)
  }
}
