import Foundation

/// A lock that one process at a time holds, by a file that is there only while it is held.
///
/// The system gives the lock up when its process ends, however it ends. A file that is left behind then locks nobody out.
package final class FileLock {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock, and waits for it where another process holds it.
  ///
  /// - Parameter wait: is called again and again while waiting; what it throws ends the wait.
  package init(path: String, wait: () throws -> Void) throws {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw FileError.writeFailed(path: path, reason: SystemError.current, previousKept: false)
      }
      do {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
          guard errno == EWOULDBLOCK || errno == EINTR else {
            throw FileError.writeFailed(path: path, reason: SystemError.current, previousKept: false)
          }
          try wait()
          usleep(50_000)
        }
      } catch {
        close(descriptor)
        throw error
      }
      // Whoever held it before has removed its file; only the one that still has the name counts.
      if Self.isSame(descriptor, path) {
        self.path = path
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (mine, named) = (stat(), stat())
    return fstat(descriptor, &mine) == 0 && stat(path, &named) == 0 && mine.st_ino == named.st_ino
      && mine.st_dev == named.st_dev
  }
}
