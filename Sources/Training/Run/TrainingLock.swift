import Foundation

/// The empty file `<save>.train_lock`, which exists while an epoch runs.
///
/// The system forgets the lock on it with the process, so that one left by a killed run is no obstacle.
final class TrainingLock {
  private let path: String
  private let descriptor: Int32

  /// Makes the file.
  ///
  /// - Throws: ``TrainingError/alreadyRunning(save:)`` when another process holds it. A file system that knows no locks
  ///   is no reason not to train.
  init(save: String) throws {
    path = save + ".train_lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw TrainingError.alreadyRunning(save: save)
    }
  }

  /// Removes the file.
  func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
