import Glibc

/// A hidden file beside a target, open for writing, that ends by taking the target's place or by vanishing.
final class TemporaryFile {
  let descriptor: Int32
  private let temporaryPath: String
  private let target: String
  private let path: String
  private let permissions: mode_t?
  private(set) var isOpen = true

  /// Makes the file in the folder of `target`.
  ///
  /// Errors speak of `path`, the target as the user named it.
  init(besides target: String, for path: String, permissions: mode_t?) throws {
    self.target = target
    self.path = path
    self.permissions = permissions
    let folder = WriteTarget.folder(of: target)
    // Cut by bytes, so that a name of the greatest length still leaves room for the rest.
    let stem = String(decoding: WriteTarget.name(of: target).utf8.prefix(120), as: UTF8.self)
    var created: (path: String, descriptor: Int32)?
    var code: Int32 = EEXIST
    var attempts = 0
    while created == nil, code == EEXIST || code == EINTR, attempts < 100 {
      let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
      let candidate = "\(folder == "/" ? "" : folder)/.\(stem).\(suffix).partial"
      UnfinishedFiles.add(candidate)
      let descriptor = open(candidate, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        created = (candidate, descriptor)
      } else {
        code = errno
        UnfinishedFiles.remove(candidate)
      }
      attempts += 1
    }
    guard let created else {
      throw FileError.writeFailed(
        path: path, reason: "the folder \(folder.printable) takes no new files (\(SystemError.text(code)))",
        previousKept: permissions != nil)
    }
    temporaryPath = created.path
    descriptor = created.descriptor
    // A file system without permissions refuses, which does no harm.
    if let permissions { _ = fchmod(descriptor, permissions) }
  }

  /// Closes the file, whose bytes are complete.
  func finish() throws {
    guard isOpen else { return }
    isOpen = false
    // Network file systems report a full disk only here. After EINTR the descriptor is closed all the same.
    if close(descriptor) != 0, errno != EINTR { throw failure(errno) }
  }

  /// Closes the file and renames it over the target.
  func moveIntoPlace() throws {
    try finish()
    guard rename(temporaryPath, target) == 0 else { throw failure(errno) }
    UnfinishedFiles.remove(temporaryPath)
    synchronizeFolder()
  }

  /// Closes and removes the file.
  func discard() {
    if isOpen { close(descriptor) }
    isOpen = false
    unlink(temporaryPath)
    UnfinishedFiles.remove(temporaryPath)
  }

  /// Makes the renaming last.
  ///
  /// The file is complete under either name by now, so that a refusal is no error.
  private func synchronizeFolder() {
    let folder = open(WriteTarget.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }

  private func failure(_ code: Int32) -> FileError {
    .writeFailed(path: path, reason: SystemError.text(code), previousKept: permissions != nil)
  }
}
