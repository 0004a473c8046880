import Files
import Foundation

/// The part of a file that a parser is looking at: read in pieces, checked to be UTF-8, with a line number.
///
/// A parser looks at the bytes from its current place on. When they do not hold a whole record it asks for more and starts
/// the record again, so that it needs no state between pieces. Memory is one piece, or one record where that is longer.
final class ByteWindow {
  static let pieceSize = 1 << 18
  /// No single record may be longer; without a bound, one stray quote would draw a whole corpus into memory.
  static let maximumRecordSize = 1 << 28

  let path: String
  /// Line number, from 1, of the next byte.
  private(set) var line = 1
  /// Whether the file holds nothing behind the visible bytes.
  private(set) var isComplete = false
  /// Size of the file in bytes, 0 where it has none (a pipe).
  let fileSize: Int

  /// Whether a mark of UTF-8 stood in front of bytes of another encoding.
  let hasDroppedMark: Bool

  private let source: any ByteSource
  private let pieceSize: Int
  private var buffer: [UInt8]
  private var start = 0
  private var end = 0
  private var filled = 0
  private var hasPassedMark = false
  /// Why nothing follows the visible bytes although the file goes on.
  private var failure: ByteSourceFault?

  /// Opens a file, or standard input for the path `-`.
  convenience init(path: String, encoding: TextEncoding, obeysMark: Bool = true) throws(CorpusError) {
    let fileSize = path == "-" ? 0 : try FileFacts(path: path).size
    let file: DescriptorSource
    do {
      file = try DescriptorSource(path: path)
    } catch {
      throw Self.explained(error, path: path, line: 1)
    }
    try self.init(file, path: path, fileSize: fileSize, encoding: encoding, obeysMark: obeysMark)
  }

  /// Looks at the bytes of `source`, of which `path` is the name in errors.
  ///
  /// - Parameter fileSize: Bytes of the source, 0 where that is not known.
  init(
    _ source: any ByteSource, path: String, fileSize: Int, encoding: TextEncoding,
    obeysMark: Bool = true, pieceSize: Int = ByteWindow.pieceSize
  ) throws(CorpusError) {
    self.path = path
    self.fileSize = fileSize
    self.pieceSize = pieceSize
    // Small files are spared a large buffer.
    buffer = [UInt8](repeating: 0, count: fileSize > 0 ? min(pieceSize, fileSize) + pieceSize / 16 + 64 : pieceSize * 2)
    do {
      (self.source, hasDroppedMark) = try ByteSources.text(of: source, encoding: encoding, obeysMark: obeysMark)
    } catch {
      throw Self.explained(error, path: path, line: 1)
    }
  }

  private static func explained(_ fault: ByteSourceFault, path: String, line: Int) -> CorpusError {
    switch fault {
    case .system(let reason): .unreadable(path: path, reason: reason)
    case .stopped: .stopped
    case .damagedGzip(let reason): .damagedGzip(path: path, reason: reason)
    case .illFormed(.utf8): .invalidUTF8(path: path, line: line)
    case .illFormed(let encoding): .invalidEncoding(path: path, line: line, encoding: encoding)
    case .unsupported(let encoding): .unsupportedEncoding(encoding)
    case .foreign(let kind): .foreignFile(path: path, kind: kind)
    case .contradictingMark(let mark, let encoding): .contradictingMark(path: path, mark: mark, encoding: encoding)
    }
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
    consume(length, lineFeeds: withBytes { UTF8Validation.lineFeeds(UnsafeBufferPointer(rebasing: $0[0..<length])) })
  }

  /// Moves on by `length` visible bytes that hold `lineFeeds` line feeds.
  func consume(_ length: Int, lineFeeds: Int) {
    line += lineFeeds
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
  ///
  /// What is wrong with the bytes is thrown only when nothing can be made visible before it, so that the rows in front of it
  /// are read however the file comes in pieces.
  func fill() throws(CorpusError) {
    let before = count
    let wanted = before >= 1 << 20 ? before * 2 : before + 1
    makeRoom()
    while !isComplete, count < wanted {
      if failure == nil { readPiece() }
      guard let failure else { continue }
      if count > before { return }
      throw Self.explained(failure, path: path, line: line(at: count))
    }
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

  private func readPiece() {
    if buffer.count - filled < max(64, pieceSize / 16) {
      buffer.append(contentsOf: repeatElement(0, count: max(buffer.count, pieceSize)))
    }
    let offset = filled
    let room = min(buffer.count - offset, max(pieceSize, offset))
    let source = source
    let outcome = buffer.withUnsafeMutableBytes { bytes -> Result<Int, ByteSourceFault> in
      Result { () throws(ByteSourceFault) in
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<(offset + room)]))
      }
    }
    switch outcome {
    case .failure(let fault): failure = fault
    case .success(let received):
      filled += received
      let reachedEnd = received == 0
      guard hasPassedMark || dropMark(reachedEnd: reachedEnd) else { return }
      validate(reachedEnd: reachedEnd)
      isComplete = reachedEnd && failure == nil
    }
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

  private func validate(reachedEnd: Bool) {
    let result = buffer.withUnsafeBufferPointer {
      UTF8Validation.check(UnsafeBufferPointer(rebasing: $0[end..<filled]))
    }
    end += result.validCount
    if result.isMalformed || (reachedEnd && end < filled) { failure = .illFormed(.utf8) }
  }
}

/// What the system knows of a file before it is opened.
struct FileFacts: Equatable {
  /// Bytes.
  var size: Int
  /// Time of the last change, nanoseconds since 1970.
  var modified: Int
  /// Whether it can be read as often as wanted, unlike a pipe.
  var isRegular: Bool

  /// - Throws: `missingFile`, `isFolder`, `unreadable`.
  init(path: String) throws(CorpusError) {
    var facts = stat()
    guard stat(path.fileName, &facts) == 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        throw FilePattern.isPattern(path) ? .noMatch(pattern: path) : .missingFile(path: path, hint: nil)
      }
      throw .unreadable(path: path, reason: SystemError.current)
    }
    if facts.st_mode & S_IFMT == S_IFDIR { throw .isFolder(path: path) }
    size = Int(facts.st_size)
    isRegular = facts.st_mode & S_IFMT == S_IFREG
    modified = Int(facts.st_mtim.tv_sec) * 1_000_000_000 + Int(facts.st_mtim.tv_nsec)
  }
}
