import Foundation

/// The UTF-8 form of bytes in another encoding, by the system's converter.
final class TranscodingSource: ByteSource {
  private let source: any ByteSource
  private let encoding: TextEncoding
  private let converter: iconv_t
  private var input = [UInt8](repeating: 0, count: TranscodingSource.pieceSize)
  /// The bytes of `input` that are not converted yet.
  private var pending = 0..<0
  private var isAtEnd = false
  private static let pieceSize = 1 << 16

  init(_ source: any ByteSource, from encoding: TextEncoding) throws(ByteSourceFault) {
    self.source = source
    self.encoding = encoding
    converter = iconv_open("UTF-8", encoding.converterName)
    // The converter that could not be opened is the pointer −1.
    guard Int(bitPattern: converter) != -1 else { throw .unsupported(encoding) }
  }

  deinit {
    if Int(bitPattern: converter) != -1 { iconv_close(converter) }
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(ByteSourceFault) -> Int {
    while true {
      let (produced, reason) = convert(into: target)
      if produced > 0 { return produced }
      // What cannot be converted is reported once everything before it has been delivered.
      if reason == EILSEQ { throw .illFormed(encoding) }
      if isAtEnd {
        guard pending.isEmpty else { throw .illFormed(encoding) }
        return 0
      }
      try fill()
    }
  }

  /// Converts what is there; the number of bytes made, and why the converter stopped (0 when all is done).
  private func convert(into target: UnsafeMutableRawBufferPointer) -> (produced: Int, reason: Int32) {
    guard !pending.isEmpty else { return (0, 0) }
    var inputLeft = pending.count
    var outputLeft = target.count
    let start = pending.lowerBound
    let converter = converter
    let reason = input.withUnsafeMutableBytes { bytes -> Int32 in
      var next = bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
      var output = target.baseAddress?.assumingMemoryBound(to: CChar.self)
      let result = iconv(converter, &next, &inputLeft, &output, &outputLeft)
      return result == -1 ? errno : 0
    }
    pending = (pending.upperBound - inputLeft)..<pending.upperBound
    return (target.count - outputLeft, reason)
  }

  private func fill() throws(ByteSourceFault) {
    let kept = pending.count
    input.replaceSubrange(0..<kept, with: Array(input[pending]))
    let source = source
    let outcome = input.withUnsafeMutableBytes { bytes -> Result<Int, ByteSourceFault> in
      Result { () throws(ByteSourceFault) in
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[kept...]))
      }
    }
    let length = try outcome.get()
    isAtEnd = length == 0
    pending = 0..<(kept + length)
  }
}
