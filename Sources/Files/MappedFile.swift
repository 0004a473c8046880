import Foundation
import Glibc

/// The bytes of a file, mapped into memory and read as they are used; or bytes that are in memory already.
///
/// The mapping lasts as long as this object. A file that is replaced by renaming, as ``AtomicFile`` does, stays
/// readable; one that another program cuts short while it is mapped cannot be protected against.
public final class MappedFile: @unchecked Sendable {
  // Sendable because the bytes never change after the initialiser.

  /// Where the bytes come from, for messages.
  public let path: String

  /// Number of bytes.
  public let count: Int

  private let base: UnsafeMutableRawPointer?
  private let isMapped: Bool
  /// The file whose bytes these are, when they are part of another.
  private let owner: MappedFile?

  /// Maps the regular file at `path`.
  ///
  /// Throws ``FileError/notFound(path:)`` or ``FileError/unreadable(path:reason:)``.
  public init(path: String) throws {
    guard !path.utf8.contains(0) else { throw FileError.notFound(path: path) }
    // Not to wait for a writer should the path be a pipe.
    let descriptor = open(path.fileName, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT { throw FileError.notFound(path: path) }
      throw FileError.unreadable(path: path, reason: SystemError.text(code))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError.unreadable(path: path, reason: SystemError.text(errno))
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw FileError.unreadable(
        path: path, reason: kind == S_IFDIR ? "it is a folder" : "it is not a regular file")
    }
    self.path = path
    owner = nil
    count = Int(status.st_size)
    isMapped = count > 0
    guard isMapped else {
      base = nil
      return
    }
    let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping, mapping != MAP_FAILED else {
      throw FileError.unreadable(path: path, reason: SystemError.text(errno))
    }
    base = mapping
  }

  /// Holds a copy of `bytes`, such as a member of an archive; `path` is for messages.
  public init(bytes: [UInt8], path: String) {
    self.path = path
    count = bytes.count
    isMapped = false
    owner = nil
    base = bytes.withUnsafeBytes { source in
      guard source.count > 0 else { return nil }
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
      block.copyMemory(from: source)
      return block.baseAddress
    }
  }

  /// Joins files that were cut apart, one behind the other in memory; `path` is for messages.
  ///
  /// Throws as ``init(path:)``.
  package init(joining parts: [String], path: String) throws {
    let files = try parts.map { try MappedFile(path: $0) }
    self.path = path
    count = files.reduce(0) { $0 + $1.count }
    isMapped = false
    owner = nil
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 64)
    var position = 0
    for file in files {
      file.withBytes(0..<file.count) {
        UnsafeMutableRawBufferPointer(rebasing: block[position...]).copyMemory(from: $0)
      }
      position += file.count
    }
    base = block.baseAddress
  }

  /// Takes over a block that `UnsafeMutableRawBufferPointer.allocate` gave; `path` is for messages.
  package init(owning block: UnsafeMutableRawBufferPointer, path: String) {
    self.path = path
    count = block.count
    isMapped = false
    owner = nil
    base = block.baseAddress
  }

  /// The bytes of `range` of another file, which stays open for them; `path` is for messages.
  package init(sharing file: MappedFile, _ range: Range<Int>, path: String) {
    precondition(range.lowerBound >= 0 && range.upperBound <= file.count, "bytes \(range) of \(file.count)")
    self.path = path
    count = range.count
    isMapped = false
    owner = file
    base = file.base.map { $0 + range.lowerBound }
  }

  deinit {
    guard let base, owner == nil else { return }
    if isMapped { munmap(base, count) } else { base.deallocate() }
  }

  /// Calls `body` with the bytes of `range`, which must lie inside.
  ///
  /// The buffer must not leave the closure.
  public func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
  {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes \(range) of \(count)")
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(start: base, count: count)[range]))
  }

  /// Lets the system take back the memory of the pages within `range`; they are read again when they are asked for.
  package func release(_ range: Range<Int>) {
    if let owner, let base, let start = owner.base {
      let offset = base - start
      return owner.release(range.lowerBound + offset..<range.upperBound + offset)
    }
    guard isMapped, let base else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = range.lowerBound / page * page
    let end = range.upperBound == count ? range.upperBound : range.upperBound / page * page
    guard first < end else { return }
    madvise(base + first, end - first, MADV_DONTNEED)
  }

  /// One byte, which must lie inside.
  package func byte(at place: Int) -> UInt8 {
    precondition(place >= 0 && place < count, "byte \(place) of \(count)")
    return base?.load(fromByteOffset: place, as: UInt8.self) ?? 0
  }

  /// A copy of the bytes of `range`, which must lie inside.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    withBytes(range) { Array($0) }
  }
}
