import Files
import Foundation

/// The steps of `process_tweet`.
enum TweetCleaning {
  /// Replacements in their order: one after another, so that `&amp;gt;` becomes `>`, as it did for the published models.
  private static let references: [(pattern: [UInt8], character: UInt8)] = [
    ("&amp;", UInt8(ascii: "&")), ("&#039;", UInt8(ascii: "'")), ("&gt;", UInt8(ascii: ">")),
    ("&lt;", UInt8(ascii: "<")),
  ].map { (Array($0.0.utf8), $0.1) }

  private static let scheme = Array("https".utf8)
  private static let backslashN = Array("\\n".utf8)
  private static let lineBreak = Array("<br>".utf8)

  static func clean(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes = maskingLinks(text)
    replace(backslashN, by: 0x20, in: &bytes)
    bytes.withUnsafeMutableBufferPointer(makeSpacesPlain)
    replace(lineBreak, by: 0x20, in: &bytes)
    for (pattern, character) in references { replace(pattern, by: character, in: &bytes) }
    let isASCII = bytes.withUnsafeBufferPointer { UTF8Validation.firstNonASCII($0, from: 0) == $0.count }
    if !isASCII { bytes = unaccented.replace(in: EmojiNames.replace(in: bytes)) }
    return collapsed(emphasisingHashtags(bytes))
  }

  /// Replaces each `https` and what follows it up to white space by `xxxx`.
  private static func maskingLinks(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var position = 0
    while true {
      let found = text.place(of: scheme, from: position)
      output.append(contentsOf: text[position..<found])
      guard found < text.count else { return output }
      var end = found + scheme.count
      if end == text.count || WhiteSpace.length(text, at: end) > 0 {
        output.append(contentsOf: scheme)
      } else {
        while end < text.count, WhiteSpace.length(text, at: end) == 0 { end += 1 }
        output.append(contentsOf: "xxxx".utf8)
      }
      position = end
    }
  }

  private static func replace(_ pattern: [UInt8], by character: UInt8, in text: inout [UInt8]) {
    let replaced = text.withUnsafeBufferPointer { bytes -> [UInt8]? in
      var found = bytes.place(of: pattern, from: 0)
      guard found < bytes.count else { return nil }
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      var position = 0
      while found < bytes.count {
        output.append(contentsOf: bytes[position..<found])
        output.append(character)
        position = found + pattern.count
        found = bytes.place(of: pattern, from: position)
      }
      output.append(contentsOf: bytes[position...])
      return output
    }
    if let replaced { text = replaced }
  }

  /// Turns each white-space character into spaces, one a byte; runs of them are collapsed at the end.
  private static func makeSpacesPlain(_ text: inout UnsafeMutableBufferPointer<UInt8>) {
    let bytes = UnsafeBufferPointer(text)
    var position = 0
    while position < bytes.count {
      if bytes[position] > 0x20, bytes[position] < 0x80 {
        position &+= 1
        continue
      }
      let space = WhiteSpace.length(bytes, at: position)
      for offset in 0..<space { text[position + offset] = 0x20 }
      position += max(space, 1)
    }
  }

  /// Compatibility decompositions without combining marks.
  private static let unaccented = ScalarForms { scalars in
    scalars.map { scalar in
      var form: [UInt8] = []
      guard let scalar else { return form }
      for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
      where part.properties.canonicalCombiningClass == .notReordered {
        form.append(scalar: part.value)
      }
      return form
    }
  }

  /// `#word` as `word!!`.
  private static func emphasisingHashtags(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "#")) else { return text }
    return text.withUnsafeBufferPointer { bytes in
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count + 16)
      var position = 0
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "#") {
          var end = position + 1
          while let length = wordCharacterLength(bytes, at: end) { end += length }
          if end > position + 1 {
            output.append(contentsOf: bytes[(position + 1)..<end])
            output.append(contentsOf: "!!".utf8)
            position = end
            continue
          }
        }
        output.append(bytes[position])
        position += 1
      }
      return output
    }
  }

  /// Bytes of the letter, digit or underscore at `position`.
  private static func wordCharacterLength(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    let (code, length) = UTF8Scalar.decode(bytes, at: position)
    guard let scalar = code.flatMap(Unicode.Scalar.init) else { return nil }
    if scalar == "_" { return length }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return length
    default: return nil
    }
  }

  /// Printable ASCII only, words separated by one space, none around.
  private static func collapsed(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
        var needsSpace = false
        var position = 0
        while position < bytes.count {
          let byte = bytes[position]
          if byte > 0x20, byte < 0x7F {
            // The space takes the place of one that was read, so the output never outgrows the input.
            if needsSpace {
              output[count] = 0x20
              count += 1
              needsSpace = false
            }
            output[count] = byte
            count += 1
            position &+= 1
            continue
          }
          let space = WhiteSpace.length(bytes, at: position)
          if space > 0 { needsSpace = count > 0 }
          position += max(space, 1)
        }
      }
    }
  }
}
