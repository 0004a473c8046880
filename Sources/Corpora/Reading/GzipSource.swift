import CZlib

/// The decompressed bytes of a gzip file, of one member or several.
///
/// Memory is that of zlib's window and one piece of input, whatever the bytes claim.
final class GzipSource: ByteSource {
  static let magic: [UInt8] = [0x1F, 0x8B]

  private let source: any ByteSource
  // zlib keeps the address of its record, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var isInMember = true
  private var isAtEnd = false
  private static let pieceSize = 1 << 16
  /// Window of 2^15 bytes, and 16 for the gzip wrapping.
  private static let windowBits: Int32 = 15 + 16

  init(_ source: any ByteSource) throws(ByteSourceFault) {
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: Self.pieceSize)
    guard
      inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damagedGzip("zlib cannot be started") }
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    input.deallocate()
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int {
    let wanted = UInt32(clamping: target.count)
    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = wanted
    while true {
      if !isInMember, try !startNextMember() { return 0 }
      let code = inflate(stream, Z_NO_FLUSH)
      let produced = Int(wanted - stream.pointee.avail_out)
      switch code {
      case Z_OK, Z_BUF_ERROR:
        if produced > 0 { return produced }
        guard stream.pointee.avail_in > 0 || fill() else { throw .damagedGzip("it ends too early") }
        try rethrowFailure()
      case Z_STREAM_END:
        isInMember = false
        if produced > 0 { return produced }
      default:
        // What stands before the damage comes first; zlib then says again that there is damage.
        if produced > 0 { return produced }
        throw .damagedGzip("its data are not valid")
      }
    }
  }

  private var failure: ByteSourceFault?

  private func rethrowFailure() throws(ByteSourceFault) {
    if let failure { throw failure }
  }

  /// Brings more input; false at its end.
  private func fill() -> Bool {
    guard !isAtEnd else { return false }
    do {
      let length = try source.read(into: UnsafeMutableRawBufferPointer(input))
      isAtEnd = length == 0
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(length)
      return length > 0
    } catch {
      failure = error
      return true
    }
  }

  /// Passes padding behind a member; whether another one follows.
  private func startNextMember() throws(ByteSourceFault) -> Bool {
    while true {
      while stream.pointee.avail_in > 0, let next = stream.pointee.next_in, next.pointee == 0 {
        stream.pointee.next_in = next + 1
        stream.pointee.avail_in -= 1
      }
      if stream.pointee.avail_in > 0 { break }
      guard fill() else { return false }
      try rethrowFailure()
    }
    guard stream.pointee.next_in.pointee == Self.magic[0] else {
      throw .damagedGzip("other bytes follow the compressed ones")
    }
    inflateReset(stream)
    isInMember = true
    return true
  }
}
