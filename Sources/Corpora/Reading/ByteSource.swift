import Files
import Foundation

/// Why bytes could not be had, before path and line are known.
enum ByteSourceFault: Error, Equatable {
  /// The system's words.
  case system(String)
  /// A ``StopRequest`` ended the reading.
  case stopped
  /// Compressed bytes that are not what they should be.
  case damagedGzip(String)
  /// Bytes that stand for no character in the encoding.
  case illFormed(TextEncoding)
  /// The system has no converter from the encoding.
  case unsupported(TextEncoding)
  /// The bytes are no text at all.
  case foreign(ForeignFile)
  /// A byte-order mark that contradicts the encoding that was asked for.
  case contradictingMark(String, TextEncoding)
}

/// Bytes that arrive in pieces.
protocol ByteSource: AnyObject {
  /// Fills the start of `target`, which is not empty, and returns the number of bytes; 0 at the end.
  func read(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int
}

/// Finds out from the first bytes what the rest is: compressed, or in which encoding.
enum ByteSources {
  /// The UTF-8 bytes behind `source`: decompressed when they begin like a gzip file, converted from `encoding`, and with
  /// line feeds where carriage returns alone end the lines.
  ///
  /// A byte-order mark of UTF-16 wins over UTF-8 unless `obeysMark` is false; where it contradicts another encoding it is
  /// refused. A mark of UTF-8 is dropped before other encodings, which `hasDroppedMark` tells.
  static func text(
    of source: any ByteSource, encoding: TextEncoding, obeysMark: Bool = true
  ) throws(ByteSourceFault) -> (source: any ByteSource, hasDroppedMark: Bool) {
    var head = LeadingBytes(source)
    if try head.starts(with: GzipSource.magic) { head = LeadingBytes(try GzipSource(head)) }
    for (mark, _) in ForeignFile.marks where try head.starts(with: mark) {
      throw .foreign(ForeignFile(startingWith: head.seen, includesMarkup: false) ?? .program)
    }
    let (converted, hasDroppedMark) = try converted(head, from: encoding, obeysMark: obeysMark)
    return (LineEndSource(converted), hasDroppedMark)
  }

  private static func converted(
    _ head: LeadingBytes, from encoding: TextEncoding, obeysMark: Bool
  ) throws(ByteSourceFault) -> (source: any ByteSource, hasDroppedMark: Bool) {
    for (mark, name, own) in wideMarks where try head.starts(with: mark) {
      if encoding == .utf16 || encoding == own { break }
      guard encoding == .utf8, obeysMark else { throw .contradictingMark(name, encoding) }
      return (try TranscodingSource(head, from: .utf16), false)
    }
    if encoding == .utf8 { return (head, false) }
    let hasMark = try head.starts(with: [0xEF, 0xBB, 0xBF])
    if hasMark { head.drop(3) }
    return (try TranscodingSource(head, from: encoding), hasMark)
  }

  private static let wideMarks: [(bytes: [UInt8], name: String, encoding: TextEncoding)] = [
    ([0xFF, 0xFE], "UTF-16, lower byte first", .utf16LittleEndian),
    ([0xFE, 0xFF], "UTF-16, higher byte first", .utf16BigEndian),
  ]
}

/// A file or a pipe.
///
/// Waiting for a pipe, also for its first writer, ends with a ``StopRequest``.
final class DescriptorSource: ByteSource {
  private let descriptor: Int32

  /// Opens a file, or takes standard input for the path `-`.
  init(path: String) throws(ByteSourceFault) {
    // Otherwise opening a named pipe would wait for its writer where nothing can end the wait.
    descriptor = path == "-" ? STDIN_FILENO : open(path.fileName, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(SystemError.current) }
  }

  deinit {
    if descriptor > STDIN_FILENO { close(descriptor) }
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int {
    while StopRequest.waitForBytes(in: descriptor) {
      let received = Foundation.read(descriptor, target.baseAddress, target.count)
      if received >= 0 { return received }
      // Another process may have taken the bytes.
      guard errno == EINTR || errno == EAGAIN else { throw .system(SystemError.current) }
    }
    throw .stopped
  }
}

/// Bytes in memory.
final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    let length = min(target.count, bytes.count - position)
    target.copyBytes(from: bytes[position..<(position + length)])
    position += length
    return length
  }
}

/// A source whose first bytes can be looked at.
final class LeadingBytes: ByteSource {
  private let source: any ByteSource
  private var head: [UInt8] = []
  private var isAtEnd = false
  private static let pieceSize = 1 << 12

  init(_ source: any ByteSource) { self.source = source }

  /// Whether the bytes begin with `mark`; reads no more than is needed to tell.
  func starts(with mark: [UInt8]) throws(ByteSourceFault) -> Bool {
    while head.count < mark.count, mark.starts(with: head), !isAtEnd {
      var piece = [UInt8](repeating: 0, count: Self.pieceSize)
      let source = source
      let outcome = piece.withUnsafeMutableBytes { target -> Result<Int, ByteSourceFault> in
        Result { () throws(ByteSourceFault) in try source.read(into: target) }
      }
      let length = try outcome.get()
      isAtEnd = length == 0
      head += piece[0..<length]
    }
    return head.starts(with: mark)
  }

  /// The bytes that `starts(with:)` has seen.
  var seen: [UInt8] { head }

  /// Passes bytes that `starts(with:)` has seen.
  func drop(_ count: Int) { head.removeFirst(min(count, head.count)) }

  func read(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int {
    guard !head.isEmpty else { return isAtEnd ? 0 : try source.read(into: target) }
    let length = min(target.count, head.count)
    target.copyBytes(from: head[0..<length])
    head.removeFirst(length)
    return length
  }
}
