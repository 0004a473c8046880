import Foundation

/// Bytes whose lines end with a line feed, also where the file has carriage returns alone, as old spreadsheets write them.
///
/// The first line end decides: where it is a carriage return alone and no line feed follows within ``lookAhead`` bytes,
/// every carriage return ends a line. Elsewhere bytes pass as they are.
final class LineEndSource: ByteSource {
  static let lookAhead = 1 << 16

  private enum State {
    case undecided, passing, converting
  }

  private let source: any ByteSource
  private var state = State.undecided
  /// Bytes that were read to decide, and are still to be delivered.
  private var held: [UInt8] = []
  private var isAtEnd = false
  private var endsInReturn = false

  private static let carriageReturn: UInt8 = 13
  private static let lineFeed: UInt8 = 10

  init(_ source: any ByteSource) { self.source = source }

  func read(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int {
    while true {
      let length = try receive(into: target)
      guard length > 0 else { return 0 }
      let bytes = UnsafeMutableRawBufferPointer(rebasing: target[0..<length])
      if state == .undecided { decide(bytes) }
      guard state == .converting else { return length }
      let kept = convert(bytes)
      // All of it may have been the second half of a line end.
      if kept > 0 { return kept }
    }
  }

  private func receive(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int {
    guard !held.isEmpty else { return isAtEnd ? 0 : try source.read(into: target) }
    let length = min(target.count, held.count)
    target.copyBytes(from: held[0..<length])
    held.removeFirst(length)
    return length
  }

  /// Looks for the first line end in `bytes`, and behind them where it is a carriage return.
  private func decide(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let place = bytes.firstIndex(where: { $0 == Self.carriageReturn || $0 == Self.lineFeed }) else { return }
    // The same bytes are looked at however they come in pieces.
    let near = bytes[place..<min(place + Self.lookAhead, bytes.count)]
    guard bytes[place] == Self.carriageReturn, !near.contains(Self.lineFeed) else {
      state = .passing
      return
    }
    while near.count + held.count < Self.lookAhead, !isAtEnd, let piece = nextPiece() {
      held += piece
      if held.prefix(Self.lookAhead - near.count).contains(Self.lineFeed) {
        state = .passing
        return
      }
    }
    state = .converting
  }

  /// More bytes to look at; nil where there is something wrong, which is met again when those before it are delivered.
  private func nextPiece() -> ArraySlice<UInt8>? {
    var piece = [UInt8](repeating: 0, count: 1 << 12)
    let source = source
    let outcome = piece.withUnsafeMutableBytes { target -> Result<Int, ByteSourceFault> in
      Result { () throws(ByteSourceFault) in try source.read(into: target) }
    }
    guard case .success(let length) = outcome else { return nil }
    isAtEnd = length == 0
    return piece[0..<length]
  }

  /// Makes a line feed of each line end; the number of bytes that are left.
  private func convert(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
    var kept = 0
    for byte in bytes {
      defer { endsInReturn = byte == Self.carriageReturn }
      if byte == Self.lineFeed, endsInReturn { continue }
      bytes[kept] = byte == Self.carriageReturn ? Self.lineFeed : byte
      kept += 1
    }
    return kept
  }
}
