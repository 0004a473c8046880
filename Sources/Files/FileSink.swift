import Foundation
import Glibc

/// Takes the bytes of a file being written, in order, through a buffer.
///
/// ``AtomicFile/write(to:_:)`` hands one out; it is of no use after the closure it was handed to. An error of the
/// system is thrown as ``FileError/writeFailed(path:reason:previousKept:)``.
public final class FileSink {
  /// The path that the bytes are meant for, as the caller gave it.
  public let path: String

  /// Bytes taken so far, ``overwrite(at:_:)`` not counted.
  public private(set) var byteCount = 0

  private let descriptor: Int32
  private let previousKept: Bool
  private var buffer: [UInt8] = []

  /// Bytes gathered before they go to the system in one call.
  private static let bufferBytes = 1 << 20

  init(descriptor: Int32, path: String, previousKept: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.previousKept = previousKept
  }

  /// Appends `bytes`.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    byteCount += bytes.count
    if buffer.count + bytes.count > Self.bufferBytes { try flush() }
    if bytes.count >= Self.bufferBytes {
      try writeAll(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Appends `bytes`.
  public func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Appends `data`.
  public func write(_ data: Data) throws {
    try data.withUnsafeBytes { try write($0) }
  }

  /// Appends `text` as UTF-8.
  public func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  /// Replaces bytes that were taken before, such as a header whose numbers are known at the end.
  ///
  /// Throws where the path is a pipe or a device, which cannot go back.
  public func overwrite(at offset: Int, _ bytes: [UInt8]) throws {
    precondition(offset >= 0 && offset + bytes.count <= byteCount, "overwriting what was not written")
    try flush()
    try bytes.withUnsafeBytes { try writeAll($0, at: offset) }
  }

  /// Hands the buffered bytes to the system.
  func flush() throws {
    guard !buffer.isEmpty else { return }
    // Emptied even on failure: the file is lost then, and a second attempt would write bytes twice.
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withUnsafeBytes { try writeAll($0) }
  }

  /// Waits until the bytes are on the disk; pipes and devices have nothing to wait for.
  func synchronize() throws {
    while fsync(descriptor) != 0 {
      switch errno {
      case EINTR: continue
      case EINVAL, EROFS, ENOTSUP: return
      case let code: throw failure(code)
      }
    }
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int? = nil) throws {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      let count =
        if let offset {
          pwrite(descriptor, base + done, bytes.count - done, off_t(offset + done))
        } else {
          Glibc.write(descriptor, base + done, bytes.count - done)
        }
      if count > 0 {
        done += count
      } else if count == 0 {
        throw failure(EIO)
      } else if errno == EAGAIN {
        // A pipe that another program set to refuse instead of to wait.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw failure(errno)
      }
    }
  }

  /// The error to throw when the bytes of this file cannot be made, for a `reason` such as "it would hold no rows".
  public func failure(_ reason: String) -> FileError {
    .writeFailed(path: path, reason: reason, previousKept: previousKept)
  }

  private func failure(_ code: Int32) -> FileError {
    failure(SystemError.text(code))
  }
}
