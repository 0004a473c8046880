import Foundation
import Glibc

/// The bytes of a file, mapped into memory and read as they are used; or bytes that are in memory already.
///
/// The mapping lasts as long as this object. A file that is replaced by renaming, as ``AtomicFile`` does, stays
/// readable; one that another program cuts short while it is mapped cannot be protected against.
public final class MappedFile: @unchecked Sendable {
  // Sendable because the bytes never change after the initialiser.

  /// Where the bytes come from, for messages.
  public let path: String

  /// Number of bytes.
  public let count: Int

  private let base: UnsafeMutableRawPointer?
  private let isMapped: Bool

  /// Maps the regular file at `path`.
  ///
  /// Throws ``CheckpointError/notFound(path:)`` or ``CheckpointError/unreadable(path:reason:)``.
  public init(path: String) throws {
    guard !path.utf8.contains(0) else { throw CheckpointError.notFound(path: path) }
    // Not to wait for a writer should the path be a pipe.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT { throw CheckpointError.notFound(path: path) }
      throw CheckpointError.unreadable(path: path, reason: SystemError.text(code))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw CheckpointError.unreadable(path: path, reason: SystemError.text(errno))
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw CheckpointError.unreadable(
        path: path, reason: kind == S_IFDIR ? "it is a folder" : "it is not a regular file")
    }
    self.path = path
    count = Int(status.st_size)
    isMapped = count > 0
    guard isMapped else {
      base = nil
      return
    }
    let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping, mapping != MAP_FAILED else {
      throw CheckpointError.unreadable(path: path, reason: SystemError.text(errno))
    }
    base = mapping
  }

  /// Holds a copy of `bytes`, such as a member of an archive; `path` is for messages.
  public init(bytes: [UInt8], path: String) {
    self.path = path
    count = bytes.count
    isMapped = false
    base = bytes.withUnsafeBytes { source in
      guard source.count > 0 else { return nil }
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
      block.copyMemory(from: source)
      return block.baseAddress
    }
  }

  deinit {
    guard let base else { return }
    if isMapped { munmap(base, count) } else { base.deallocate() }
  }

  /// Calls `body` with the bytes of `range`, which must lie inside.
  ///
  /// The buffer must not leave the closure.
  public func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
  {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes \(range) of \(count)")
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(start: base, count: count)[range]))
  }

  /// A copy of the bytes of `range`, which must lie inside.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    withBytes(range) { Array($0) }
  }
}
