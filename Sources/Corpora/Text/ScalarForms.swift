import Files
import Synchronization

/// What each character beyond ASCII becomes, one code point at a time, found once for each block of 256 code points.
final class ScalarForms: Sendable {
  /// The forms of 256 code points in UTF-8.
  typealias Block = [[UInt8]]

  private let known = Mutex<[UInt32: Block]>([:])
  private let makeForms: @Sendable ([Unicode.Scalar?]) -> Block

  /// - Parameter makeForms: gives the forms of a block of code points; nil stands for a surrogate.
  init(_ makeForms: @escaping @Sendable ([Unicode.Scalar?]) -> Block) { self.makeForms = makeForms }

  /// Text with every character beyond ASCII replaced by its form; ill-formed bytes are dropped.
  func replace(in text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      var position = 0
      var number = UInt32.max
      var block: Block = []
      while true {
        let next = UTF8Validation.firstNonASCII(bytes, from: position)
        output.append(contentsOf: bytes[position..<next])
        guard next < bytes.count else { return output }
        let (code, length) = UTF8Scalar.decode(bytes, at: next)
        position = next + length
        guard let code else { continue }
        if code >> 8 != number {
          number = code >> 8
          block = self.block(number)
        }
        output.append(contentsOf: block[Int(code & 0xFF)])
      }
    }
  }

  private func block(_ number: UInt32) -> Block {
    if let found = known.withLock({ $0[number] }) { return found }
    let made = makeForms((0..<256).map { Unicode.Scalar(number << 8 | UInt32($0)) })
    known.withLock { $0[number] = made }
    return made
  }
}

/// Code points in UTF-8.
enum UTF8Scalar {
  /// The code point at `position` and its bytes; nil and 1 where the bytes are ill-formed.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (code: UInt32?, length: Int) {
    let length = UTF8Validation.sequenceLength(bytes, at: position)
    guard length > 0 else { return (nil, 1) }
    let first = UInt32(bytes[position])
    var code = length == 1 ? first : first & (0x7F >> UInt32(length))
    for offset in 1..<length { code = code << 6 | UInt32(bytes[position + offset] & 0x3F) }
    return (code, length)
  }
}
