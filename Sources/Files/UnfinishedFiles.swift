import Glibc
import Synchronization

/// The hidden files that this process is writing, so that it can leave at any moment without leaving them behind.
public enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes them all and calls `leave`, while no other can be begun.
  public static func discard(leave: () -> Void) {
    paths.withLock {
      for path in $0 { unlink(path) }
      leave()
    }
  }
}
