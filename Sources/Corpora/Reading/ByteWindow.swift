import Foundation

/// The part of a file that a parser is looking at: read in pieces, checked to be UTF-8, with a line number.
///
/// A parser looks at the bytes from its current place on. When they do not hold a whole record it asks for more and starts
/// the record again, so that it needs no state between pieces. Memory is one piece, or one record where that is longer.
final class ByteWindow {
  static let pieceSize = 1 << 18
  /// No single record may be longer; without a bound, one stray quote would draw a whole corpus into memory.
  static let maximumRecordSize = 1 << 30

  let path: String
  /// Line number, from 1, of the next byte.
  private(set) var line = 1
  /// Whether the file holds nothing behind the visible bytes.
  private(set) var isComplete = false
  /// Size of the file in bytes, 0 where it has none (a pipe).
  let fileSize: Int

  private let descriptor: Int32
  private let encoding: TextEncoding
  private var buffer = [UInt8](repeating: 0, count: ByteWindow.pieceSize * 2)
  private var start = 0
  private var end = 0
  private var filled = 0
  private var hasPassedMark = false

  /// Opens a file, or standard input for the path `-`.
  init(path: String, encoding: TextEncoding) throws(CorpusError) {
    self.path = path
    self.encoding = encoding
    if path == "-" {
      descriptor = STDIN_FILENO
      fileSize = 0
    } else {
      fileSize = try FileFacts(path: path).size
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .unreadable(path: path, reason: SystemReason.current) }
    }
  }

  deinit {
    if descriptor != STDIN_FILENO, descriptor >= 0 { close(descriptor) }
  }

  /// Bytes that can be looked at without reading.
  var count: Int { end - start }

  /// Calls `body` with the visible bytes.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try buffer.withUnsafeBufferPointer { whole in
      try body(UnsafeBufferPointer(rebasing: whole[start..<end]))
    }
  }

  /// Moves on by `length` visible bytes.
  func consume(_ length: Int) {
    line += withBytes { UTF8Validation.lineFeeds(UnsafeBufferPointer(rebasing: $0[0..<length])) }
    start += length
  }

  /// The line of the visible byte at `offset`.
  func line(at offset: Int) -> Int {
    line + withBytes { UTF8Validation.lineFeeds(UnsafeBufferPointer(rebasing: $0[0..<min(offset, $0.count)])) }
  }

  /// Makes more bytes visible, or sets `isComplete`.
  ///
  /// From a long record on, at least doubles what is visible, so that starting a record again costs no more than
  /// reading it.
  func fill() throws(CorpusError) {
    let wanted = count >= 1 << 20 ? count * 2 : count + 1
    makeRoom()
    while !isComplete, count < wanted { try readPiece() }
  }

  private func makeRoom() {
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start, filled - start)
      }
      filled -= start
      end -= start
      start = 0
    }
  }

  private func readPiece() throws(CorpusError) {
    if buffer.count - filled < Self.pieceSize {
      buffer.append(contentsOf: repeatElement(0, count: max(buffer.count, Self.pieceSize)))
    }
    let room = encoding == .latin1 ? (buffer.count - filled) / 2 : buffer.count - filled
    let offset = filled
    let descriptor = descriptor
    let received = buffer.withUnsafeMutableBytes { bytes -> Int in
      while true {
        let received = read(descriptor, bytes.baseAddress.map { $0 + offset }, room)
        if received >= 0 || errno != EINTR { return received }
      }
    }
    guard received >= 0 else { throw .unreadable(path: path, reason: SystemReason.current) }
    filled += received
    let reachedEnd = received == 0
    if !hasPassedMark {
      guard dropMark(reachedEnd: reachedEnd) else { return }
      if encoding == .latin1 { widen(from: start) }
    } else if encoding == .latin1 {
      widen(from: offset)
    }
    try validate(reachedEnd: reachedEnd)
    isComplete = reachedEnd
  }

  /// Passes a byte-order mark; false while too few bytes are there to tell.
  private func dropMark(reachedEnd: Bool) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let head = buffer[start..<min(filled, start + 3)]
    if !reachedEnd, head.count < 3, mark.starts(with: head) { return false }
    hasPassedMark = true
    if head.elementsEqual(mark) {
      start += 3
      end = start
    }
    return true
  }

  /// Turns Latin-1 bytes from `offset` on into UTF-8, from the back so that it can be done in place.
  private func widen(from offset: Int) {
    let filled = filled
    let extra = buffer.withUnsafeBufferPointer { bytes in
      bytes[offset..<filled].reduce(0) { $0 &+ Int($1 >> 7) }
    }
    guard extra > 0 else { return }
    let missing = filled + extra - buffer.count
    if missing > 0 { buffer.append(contentsOf: repeatElement(0, count: missing)) }
    buffer.withUnsafeMutableBufferPointer { bytes in
      var target = filled + extra
      var source = filled
      while source > offset {
        source -= 1
        let byte = bytes[source]
        target -= 1
        if byte < 0x80 {
          bytes[target] = byte
        } else {
          bytes[target] = 0x80 | (byte & 0x3F)
          target -= 1
          bytes[target] = 0xC0 | (byte >> 6)
        }
      }
    }
    self.filled += extra
  }

  private func validate(reachedEnd: Bool) throws(CorpusError) {
    let result = buffer.withUnsafeBufferPointer {
      UTF8Validation.check(UnsafeBufferPointer(rebasing: $0[end..<filled]))
    }
    end += result.validCount
    if result.isMalformed || (reachedEnd && end < filled) {
      throw .invalidUTF8(path: path, line: line(at: end - start))
    }
  }
}

/// What the system knows of a file before it is opened.
struct FileFacts: Equatable {
  /// Bytes.
  var size: Int
  /// Time of the last change, nanoseconds since 1970.
  var modified: Int

  /// - Throws: `missingFile`, `isFolder`, `unreadable`.
  init(path: String) throws(CorpusError) {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missingFile(path: path, hint: nil) }
      throw .unreadable(path: path, reason: SystemReason.current)
    }
    if facts.st_mode & S_IFMT == S_IFDIR { throw .isFolder(path: path) }
    size = Int(facts.st_size)
    modified = Int(facts.st_mtim.tv_sec) * 1_000_000_000 + Int(facts.st_mtim.tv_nsec)
  }
}

/// The system's words for its last error.
enum SystemReason {
  static var current: String { String(cString: strerror(errno)).lowercased() }
}
