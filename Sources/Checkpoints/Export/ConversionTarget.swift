import Files
import Foundation

/// Where a conversion writes to, and in which layout.
struct ConversionTarget {
  let path: String
  /// The layout that was asked for; `nil` when the ending of the path shall say it.
  let layout: CheckpointLayout?

  /// Checks the target before anything is read, and settles the layout.
  ///
  /// - Throws: ``ConversionError/noLayout(path:)``, and ``FileError/writeFailed(path:reason:previousKept:)`` when the target
  ///   cannot be read back or written, or when it is the file or folder that is read.
  func requireUsable(for source: String) throws -> CheckpointLayout {
    if AtomicFile.isStream(path) {
      throw refusal("everything written is read back and compared, which a device or a pipe cannot do; name a file")
    }
    let byEnding = CheckpointLayout(forPath: path)
    guard let layout = layout ?? byEnding else {
      throw ConversionError.noLayout(path: path)
    }
    if layout.isFolder, let byEnding, !byEnding.isFolder, !isFolder(path) {
      throw refusal("the layout \(layout.rawValue) is a folder of arrays; name a folder")
    }
    try requireOther(than: source, isFolder: layout.isFolder)
    if layout.isFolder {
      try AtomicFile.requireWritable(folder + "/0.npy")
    } else {
      try AtomicFile.ensureWritableFolder(for: path)
    }
    return layout
  }

  /// The path without slashes at its end.
  private var folder: String {
    let end = path.lastIndex { $0 != "/" }
    return end.map { String(path[...$0]) } ?? path
  }

  private func requireOther(than source: String, isFolder: Bool) throws {
    let place = identity(of: path)
    if let place, place == identity(of: source) { throw refusal("it is what is read; choose another name") }
    // The arrays would replace the one that is read, or lie beside it.
    if let place, isFolder, place == identity(of: WriteTarget.folder(of: source)) {
      throw refusal("it is the folder of \(source.printable), which is read; choose another name")
    }
  }

  /// What stands at `path`, links followed, by device and number; nil when nothing does.
  private func identity(of path: String) -> [UInt64]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func refusal(_ reason: String) -> FileError {
    .writeFailed(path: path, reason: reason, previousKept: false)
  }
}
