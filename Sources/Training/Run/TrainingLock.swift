import Checkpoints
import Corpora
import Files
import Foundation

/// Keeps two processes from training one model: the empty file `<save>.train_lock`, which exists while a run has it.
///
/// The system forgets the lock with the process, so that a file left by a killed run is no obstacle.
public final class TrainingLock {
  private let lock: FileLock?
  /// Folders made for the lock, the deepest first.
  private let madeFolders: [String]

  /// Takes the lock of the run that writes to `save`, before anything of it is touched.
  ///
  /// - Throws: ``TrainingError/alreadyRunning(save:)`` when another process holds it; `FileError.writeFailed` when
  ///   nothing can be written to `save`. A file system that knows no locks is no reason not to train.
  public init(save: String) throws {
    try AtomicFile.requireWritable(save)
    guard Self.isFile(save) else {
      (lock, madeFolders) = (nil, [])
      return
    }
    let folders = AtomicFile.missingFolders(above: save)
    var taken: FileLock?
    do {
      try AtomicFile.ensureWritableFolder(for: save, creating: true)
      taken = try FileLock(path: save + ".train_lock") { throw TrainingError.alreadyRunning(save: save) }
    } catch CorpusError.unwritable {
      taken = nil
    } catch {
      Self.remove(folders)
      throw error
    }
    (lock, madeFolders) = (taken, folders)
  }

  deinit { release() }

  /// Lets go, and removes folders that were made for the lock and have got nothing else.
  public func release() {
    lock?.release()
    Self.remove(madeFolders)
  }

  /// Whether `path` is a regular file or nothing yet, rather than a device or a pipe.
  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  private static func remove(_ folders: [String]) {
    for folder in folders { rmdir(folder) }
  }
}
