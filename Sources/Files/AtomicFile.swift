import Foundation
import Glibc

/// Writes files so that a crash at any moment leaves the old file or the new one, never a mixture.
///
/// The bytes go to a hidden file in the same folder, which is flushed to the disk and then renamed over the target. On
/// any error it is removed, and ``FileError/writeFailed(path:reason:previousKept:)`` says what happened.
/// Only a process that is killed leaves the hidden file behind; its name ends in `.partial` and it can be deleted.
///
/// A new file keeps the permissions of the one it replaces. A symbolic link is followed, so that it goes on pointing to
/// the file. A pipe or a character device, such as `/dev/stdout`, is written to directly.
public enum AtomicFile {
  /// Writes `data` to `path`.
  public static func write(_ data: Data, to path: String) throws {
    try write(to: path) { try $0.write(data) }
  }

  /// Writes to `path` what `body` gives to its sink, for files that need not be in memory as a whole.
  ///
  /// An error that `body` throws is passed on, after the clean-up.
  public static func write(to path: String, _ body: (FileSink) throws -> Void) throws {
    switch try WriteTarget(path: path) {
    case .stream: try writeDirectly(path, body)
    case .file(let target, let permissions): try writeAside(path, target: target, permissions: permissions, body)
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
    if creating { try makeFolders(above: path) }
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
    var folder = WriteTarget.folder(of: path)
    var status = stat()
    while stat(folder, &status) != 0, folder != ".", folder != "/" { folder = WriteTarget.folder(of: folder) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw FileError.writeFailed(
        path: path, reason: "\(folder.printable) is not a folder", previousKept: false)
    }
    if folder == WriteTarget.folder(of: path) { return try ensureWritableFolder(for: path) }
    let aside = try TemporaryFile(
      besides: folder + "/" + WriteTarget.name(of: path), for: path, permissions: nil)
    aside.discard()
  }

  private static func writeAside(
    _ path: String, target: String, permissions: mode_t?, _ body: (FileSink) throws -> Void
  ) throws {
    let aside = try TemporaryFile(besides: target, for: path, permissions: permissions)
    do {
      let sink = FileSink(descriptor: aside.descriptor, path: path, previousKept: permissions != nil)
      try body(sink)
      try sink.flush()
      try sink.synchronize()
      try aside.moveIntoPlace()
    } catch {
      aside.discard()
      throw error
    }
  }

  private static func writeDirectly(_ path: String, _ body: (FileSink) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError.writeFailed(path: path, reason: SystemError.text(errno), previousKept: false)
    }
    defer { close(descriptor) }
    let sink = FileSink(descriptor: descriptor, path: path, previousKept: false)
    try body(sink)
    try sink.flush()
    try sink.synchronize()
  }

  private static func makeFolders(above path: String) throws {
    let folder = WriteTarget.folder(of: path)
    var partial = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      partial += partial.isEmpty || partial.hasSuffix("/") ? part : "/" + part
      if mkdir(partial, 0o777) == 0 { continue }
      let code = errno
      var status = stat()
      if stat(partial, &status) == 0 {
        if status.st_mode & S_IFMT == S_IFDIR { continue }
        throw FileError.writeFailed(path: path, reason: "\(partial) is not a folder", previousKept: false)
      }
      throw FileError.writeFailed(
        path: path, reason: "cannot make the folder \(partial): \(SystemError.text(code))", previousKept: false)
    }
  }
}
