import Foundation

/// An open file that is read at any place, or written at its end.
///
/// Reading is done by `pread` and not through a memory map: mapped pages that were once looked at count as memory of the
/// process, so that reading at random would make it seem as large as the file.
package final class OpenFile: Sendable {
  package let path: String
  private let descriptor: Int32

  package init(reading path: String) throws(FileError) {
    self.path = path
    descriptor = open(path.fileName, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: SystemError.current) }
  }

  /// Makes the file when it is not there; what is in it stays.
  package init(writing path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw .writeFailed(path: path, reason: SystemError.current, previousKept: false)
    }
  }

  deinit { close(descriptor) }

  package var size: Int {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
  }

  /// Reads exactly `count` bytes.
  ///
  /// - Throws: ``FileError/unreadable(path:reason:)``, ``FileError/cutShort(path:)`` when the file ends before.
  package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var done = 0
    var isFailed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while done < count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
        if got < 0, errno == EINTR { continue }
        isFailed = got < 0
        if got <= 0 { break }
        done += got
      }
      filled = done
    }
    if isFailed { throw .unreadable(path: path, reason: SystemError.current) }
    guard done == count else { throw .cutShort(path: path) }
    return bytes
  }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    var done = 0
    let isWritten = bytes.withUnsafeBytes { source -> Bool in
      while done < source.count {
        let written = Foundation.write(descriptor, source.baseAddress.map { $0 + done }, source.count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return false }
        done += written
      }
      return true
    }
    guard isWritten else { throw .writeFailed(path: path, reason: SystemError.current, previousKept: false) }
  }

  /// Cuts the file off and goes on writing there.
  package func truncate(to size: Int) throws(FileError) {
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) >= 0 else {
      throw .writeFailed(path: path, reason: SystemError.current, previousKept: false)
    }
  }

  /// Waits until all is on disk.
  package func synchronize() throws(FileError) {
    guard fdatasync(descriptor) == 0 else {
      throw .writeFailed(path: path, reason: SystemError.current, previousKept: false)
    }
  }
}
