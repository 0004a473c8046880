import Files
import Foundation
import Testing

@testable import Corpora

@Suite struct FileLockTests {
  private struct Held: Error {}

  /// One waits with the holder's file open; the holder removes it and lets go, and a third takes the lock.
  ///
  /// What the first then locks is a file without a name.
  @Test func aFileWithoutItsNameGivesNoLock() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("lock-\(UUID().uuidString)").path
    let first = try FileLock(path: path) { throw Held() }
    var third: FileLock?
    var waits = 0
    let second = try FileLock(path: path) {
      waits += 1
      if waits == 1 {
        first.release()
        third = try FileLock(path: path) { throw Held() }
      } else {
        third?.release()
      }
    }
    #expect(waits == 2, "the lock was given to two")
    #expect(throws: Held.self) { _ = try FileLock(path: path) { throw Held() } }
    second.release()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func aLockIsLetGoOnce() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("lock-\(UUID().uuidString)").path
    let first = try FileLock(path: path) { throw Held() }
    first.release()
    let second = try FileLock(path: path) { throw Held() }
    first.release()
    #expect(throws: Held.self) { _ = try FileLock(path: path) { throw Held() } }
    second.release()
  }
}
