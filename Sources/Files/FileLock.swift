import Foundation

/// A lock that one process at a time holds, by a file that is there only while it is held.
///
/// The system gives the lock up when its process ends, however it ends. A file that is left behind then locks nobody out.
/// The holder removes the file before it lets go; whoever locks a file that has lost its name so does not hold anything,
/// and begins again with the one that has the name.
package final class FileLock {
  private let path: String
  private var descriptor: Int32

  /// Takes the lock, and waits for it where another process holds it.
  ///
  /// - Parameter wait: is called again and again while waiting; what it throws ends the wait.
  /// - Throws: ``FileError/writeFailed(path:reason:previousKept:)`` when the file cannot be made or locked; what `wait` throws.
  package init(path: String, wait: () throws -> Void) throws {
    self.path = path
    while true {
      descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw FileError.writeFailed(path: path, reason: SystemError.current, previousKept: false)
      }
      do {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
          guard errno == EWOULDBLOCK || errno == EINTR else {
            throw FileError.writeFailed(path: path, reason: SystemError.current, previousKept: false)
          }
          if errno == EWOULDBLOCK {
            try wait()
            usleep(50_000)
          }
        }
      } catch {
        close(descriptor)
        descriptor = -1
        throw error
      }
      if Self.isSame(descriptor, path) { return }
      close(descriptor)
    }
  }

  deinit { release() }

  /// Removes the file and lets go; does nothing the second time.
  package func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (mine, named) = (stat(), stat())
    return fstat(descriptor, &mine) == 0 && stat(path, &named) == 0 && mine.st_ino == named.st_ino
      && mine.st_dev == named.st_dev
  }
}
