import Foundation
import Glibc

/// Writes files so that a crash at any moment leaves the old file or the new one, never a mixture.
///
/// The bytes go to a hidden file in the same folder, which is flushed to the disk and then renamed over the target. On
/// any error it is removed, and ``FileError/writeFailed(path:reason:previousKept:)`` says what happened.
/// Only a process that is killed leaves the hidden file behind; its name ends in `.partial` and it can be deleted.
///
/// A new file keeps the permissions of the one it replaces. A symbolic link is followed, so that it goes on pointing to
/// the file. A pipe, a character device and a name of an open descriptor, such as `/dev/stdout` or `/dev/fd/3`, are
/// written to as they are: what is behind them, even a file, is never replaced.
public enum AtomicFile {
  /// Writes `data` to `path`.
  public static func write(_ data: Data, to path: String) throws {
    try write(to: path) { try $0.write(data) }
  }

  /// Writes to `path` what `body` gives to its sink, for files that need not be in memory as a whole.
  ///
  /// An error that `body` throws is passed on, after the clean-up.
  public static func write(to path: String, _ body: (FileSink) throws -> Void) throws {
    let target = try WriteTarget(path: path)
    guard case .file(let place, let permissions) = target else {
      let descriptor = try openStream(target, path)
      defer { close(descriptor) }
      return try fill(FileSink(descriptor: descriptor, path: path, previousKept: false), body)
    }
    try writeAside(path, target: place, permissions: permissions, body)
  }

  /// Whether `path` names no file that could be replaced, but a device, a pipe or an open descriptor.
  ///
  /// Such a name has no folder that other files could lie in, and cannot be read back.
  public static func isStream(_ path: String) -> Bool {
    switch try? WriteTarget(path: path) {
    case .stream, .descriptor: true
    case .file, nil: false
    }
  }

  /// Checks, before hours of work, that a file can be written to `path` in the end.
  ///
  /// - Parameters:
  ///   - path: where the file shall be.
  ///   - creating: makes the folder, and those above it, where they are missing; false by default.
  /// - Throws: ``FileError/writeFailed(path:reason:previousKept:)`` when the folder is missing or refuses new
  ///   files, or when `path` is a folder itself.
  public static func ensureWritableFolder(for path: String, creating: Bool = false) throws {
    if creating, !isStream(path) { try makeFolders(above: path) }
    guard case .file(let target, let permissions) = try WriteTarget(path: path) else { return }
    // Asking for permissions is not enough: for the superuser, and on read-only or special file systems, only trying
    // tells.
    let aside = try TemporaryFile(besides: target, for: path, permissions: permissions)
    aside.discard()
  }

  /// Checks that a file could be written to `path`, without making the folders that are missing for it.
  ///
  /// - Throws: ``FileError/writeFailed(path:reason:previousKept:)`` when the nearest folder that exists refuses new
  ///   files, when what stands there is no folder, or when `path` is a folder itself.
  public static func requireWritable(_ path: String) throws {
    let folder = WriteTarget.folder(of: missingFolders(above: path).last ?? path)
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw FileError.writeFailed(
        path: path, reason: "\(folder.printable) is not a folder", previousKept: false)
    }
    if folder == WriteTarget.folder(of: path) { return try ensureWritableFolder(for: path) }
    let aside = try TemporaryFile(
      besides: folder + "/" + WriteTarget.name(of: path), for: path, permissions: nil)
    aside.discard()
  }

  /// The folders above `path` that do not exist, the deepest first.
  package static func missingFolders(above path: String) -> [String] {
    var missing: [String] = []
    var folder = WriteTarget.folder(of: path)
    var status = stat()
    while folder != ".", folder != "/", stat(folder, &status) != 0 {
      missing.append(folder)
      folder = WriteTarget.folder(of: folder)
    }
    return missing
  }

  private static func writeAside(
    _ path: String, target: String, permissions: mode_t?, _ body: (FileSink) throws -> Void
  ) throws {
    let aside = try TemporaryFile(besides: target, for: path, permissions: permissions)
    do {
      try fill(FileSink(descriptor: aside.descriptor, path: path, previousKept: permissions != nil), body)
      try aside.moveIntoPlace()
    } catch {
      aside.discard()
      throw error
    }
  }

  private static func fill(_ sink: FileSink, _ body: (FileSink) throws -> Void) throws {
    try body(sink)
    try sink.flush()
    try sink.synchronize()
  }

  /// A descriptor of its own for what is no regular file; the caller closes it.
  static func openStream(_ target: WriteTarget, _ path: String) throws -> Int32 {
    // A descriptor is shared, not opened anew: a second opening would forget the place in the file, and appending.
    let opened =
      if case .descriptor(let number) = target {
        fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
      } else {
        open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
      }
    guard opened >= 0 else {
      throw FileError.writeFailed(path: path, reason: SystemError.text(errno), previousKept: false)
    }
    return opened
  }

  /// Makes the folders that are missing above `path`, and returns those it made, the outermost first.
  @discardableResult
  static func makeFolders(above path: String) throws -> [String] {
    var made: [String] = []
    let folder = WriteTarget.folder(of: path)
    var partial = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      partial += partial.isEmpty || partial.hasSuffix("/") ? part : "/" + part
      if mkdir(partial, 0o777) == 0 {
        made.append(partial)
        continue
      }
      let code = errno
      var status = stat()
      if stat(partial, &status) == 0 {
        if status.st_mode & S_IFMT == S_IFDIR { continue }
        throw FileError.writeFailed(path: path, reason: "\(partial) is not a folder", previousKept: false)
      }
      throw FileError.writeFailed(
        path: path, reason: "cannot make the folder \(partial): \(SystemError.text(code))", previousKept: false)
    }
    return made
  }
}
