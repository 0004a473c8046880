import Files
import Foundation
import Synchronization

/// An output stream of the process: plain writes, no buffer.
public struct ConsoleStream: Sendable {
  /// The name in error sentences: `standard output`.
  public let name: String
  let fileDescriptor: Int32
  /// Held during each write.
  private static let writing = Mutex(())

  /// A stream on an open file descriptor.
  public init(name: String, fileDescriptor: Int32) {
    self.name = name
    self.fileDescriptor = fileDescriptor
  }

  /// Whether a person's terminal is at the other end.
  public var isTerminal: Bool { isatty(fileDescriptor) == 1 }

  /// Columns of the terminal; nil when the stream is no terminal or does not say.
  public var terminalWidth: Int? {
    var size = winsize()
    guard isTerminal, ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all of `text` as UTF-8.
  ///
  /// - Throws: `ToolError.closedPipe` when the reader has gone, `ToolError.streamFailure` otherwise.
  public func write(_ text: String) throws {
    try write(bytes: Array(text.utf8))
  }

  /// Writes `text` and a line end.
  ///
  /// - Throws: As `write(_:)`.
  public func writeLine(_ text: String = "") throws {
    try write(text + "\n")
  }

  /// Writes all of `bytes`.
  ///
  /// - Throws: As `write(_:)`.
  public func write(bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      let failure = Self.writing.withLock { _ in FileDescriptorWriter.writeAll(buffer, to: fileDescriptor) }
      if let failure {
        throw failure == EPIPE
          ? ToolError.closedPipe : .streamFailure(name: name, reason: SystemError.text(failure))
      }
    }
  }

  /// Calls `body` while no stream is written to, or when a write has not ended in time.
  static func whileNothingIsWritten(waitingUpTo seconds: Double, _ body: () -> Void) {
    let start = ContinuousClock.now
    while start.duration(to: .now) / .seconds(1) < seconds {
      if writing.withLockIfAvailable({ _ in body() }) != nil { return }
      usleep(1000)
    }
    body()
  }
}

/// Writing to a descriptor until everything has gone out.
enum FileDescriptorWriter {
  /// What a pipe that says it is ready takes without making the writer wait (PIPE_BUF).
  private static let pieceSize = 4096

  /// Writes all of `buffer`; nil on success, else the error number.
  ///
  /// - Parameter shouldStop: is asked while the descriptor takes nothing; `true` ends the write with `ECANCELED`, so that a
  ///   full pipe that nobody reads does not keep a command from ending.
  static func writeAll(
    _ buffer: UnsafeRawBufferPointer, to descriptor: Int32, shouldStop: () -> Bool = { InterruptMonitor.isInterrupted }
  ) -> Int32? {
    // `poll` passes over a negative descriptor, and would wait for good.
    guard descriptor >= 0 else { return EBADF }
    var written = 0
    while written < buffer.count {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&waiting, 1, 100) == 0 {
        if shouldStop() { return ECANCELED }
        continue
      }
      let rest = UnsafeRawBufferPointer(rebasing: buffer[written...].prefix(pieceSize))
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        written += count
      } else if errno != EINTR, errno != EAGAIN {
        return errno
      }
    }
    return nil
  }
}
