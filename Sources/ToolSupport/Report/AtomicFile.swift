import Foundation

/// Small files, written whole or not at all.
enum AtomicFile {
  /// Writes `bytes` aside, flushes them to the disk and renames the result to `path`.
  ///
  /// A symbolic link is followed; a device or pipe is written directly.
  ///
  /// - Throws: `ToolError.fileFailure`; the file that stood there before is untouched, and nothing is left beside it.
  static func write(_ bytes: [UInt8], to path: String) throws {
    var information = stat()
    if stat(path, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
      if information.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
      try create(path, flags: O_WRONLY, bytes, for: path)
      return
    }
    let target = resolved(path)
    let temporary = target + ".\(getpid()).part"
    do {
      try create(temporary, flags: O_WRONLY | O_CREAT | O_TRUNC, bytes, for: path)
      guard rename(temporary, target) == 0 else { throw failure(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func create(_ name: String, flags: Int32, _ bytes: [UInt8], for path: String) throws {
    let descriptor = open(name, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, errno) }
    let failed = bytes.withUnsafeBytes { FileDescriptorWriter.writeAll($0, to: descriptor) }
    // Pipes and terminals cannot be flushed, and say so with EINVAL.
    let flushed = fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS ? nil : errno
    let closed = close(descriptor) == 0 ? nil : errno
    if let number = failed ?? flushed ?? closed { throw failure(path, number) }
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func failure(_ path: String, _ number: Int32) -> ToolError {
    .fileFailure(path: path, reason: String(cString: strerror(number)))
  }
}
