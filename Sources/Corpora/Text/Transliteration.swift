import Foundation
import Synchronization

/// ASCII forms of characters, one code point at a time.
///
/// Our own table first, then the ICU transforms Any-Latin and Latin-ASCII; what has no ASCII form is dropped. Forms are found
/// once for each block of 256 code points.
enum Transliteration {
  /// The ASCII forms of 256 code points.
  private typealias Block = [[UInt8]]

  private static let known = Mutex<[UInt32: Block]>([:])

  /// The ASCII form of UTF-8 text; ill-formed bytes are dropped.
  static func ascii(_ text: [UInt8]) -> [UInt8] {
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

  private static func block(_ number: UInt32) -> Block {
    if let found = known.withLock({ $0[number] }) { return found }
    let made = makeBlock(number)
    known.withLock { $0[number] = made }
    return made
  }

  private static func makeBlock(_ number: UInt32) -> Block {
    let scalars = (0..<256).map { Unicode.Scalar(number << 8 | UInt32($0)) }
    // One call for the block: line feeds keep the characters from influencing each other.
    var lines = String.UnicodeScalarView()
    for scalar in scalars {
      if let scalar, !scalar.properties.isWhitespace { lines.append(scalar) }
      lines.append("\n")
    }
    let latin = toLatinASCII(String(lines)).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return scalars.enumerated().map { index, scalar in
      guard let scalar else { return [] }
      if scalar.properties.isWhitespace { return [0x20] }
      if let own = TransliterationTable.forms[scalar] { return Array(own.utf8) }
      let form = latin.count == 257 ? String(latin[index]) : toLatinASCII(String(scalar))
      return asciiBytes(form, of: scalar)
    }
  }

  private static func toLatinASCII(_ text: String) -> String {
    text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"), reverse: false) ?? text
  }

  private static func asciiBytes(_ form: String, of scalar: Unicode.Scalar) -> [UInt8] {
    let decomposed = form.utf8.allSatisfy { $0 < 0x80 } ? form : form.decomposedStringWithCompatibilityMapping
    let bytes = decomposed.utf8.filter { $0 < 0x80 }
    // Readings of ideographs are words: `Ni Hao `.
    guard scalar.properties.isIdeographic, let first = bytes.first else { return bytes }
    let capital = first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z") ? first - 32 : first
    return [capital] + bytes.dropFirst() + [0x20]
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
    for offset in 1..<max(length, 1) { code = code << 6 | UInt32(bytes[position + offset] & 0x3F) }
    return (code, length)
  }
}
