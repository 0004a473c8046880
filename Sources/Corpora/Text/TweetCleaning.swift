import Foundation

/// The steps of `process_tweet`.
enum TweetCleaning {
  static func clean(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes = maskingLinks(text)
    bytes = replacing("\\n", with: " ", in: bytes)
    bytes = withPlainSpaces(bytes)
    bytes = replacing("<br>", with: " ", in: bytes)
    // One after another, so that `&amp;gt;` becomes `>`, as the published models' text did.
    for (reference, character) in [("&amp;", "&"), ("&#039;", "'"), ("&gt;", ">"), ("&lt;", "<")] {
      bytes = replacing(reference, with: character, in: bytes)
    }
    if bytes.contains(where: { $0 >= 0x80 }) { bytes = withNamedEmojiAndNoAccents(bytes) }
    return collapsed(emphasisingHashtags(bytes))
  }

  /// Replaces each `https` and what follows it up to white space by `xxxx`.
  private static func maskingLinks(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let scheme = Array("https".utf8)
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      let end = position + scheme.count
      if text[position] == scheme[0], end < text.count, text[position..<end].elementsEqual(scheme),
        WhiteSpace.length(text, at: end) == 0
      {
        output.append(contentsOf: "xxxx".utf8)
        position = end
        while position < text.count, WhiteSpace.length(text, at: position) == 0 { position += 1 }
      } else {
        output.append(text[position])
        position += 1
      }
    }
    return output
  }

  private static func replacing(_ pattern: String, with replacement: String, in text: [UInt8]) -> [UInt8] {
    let pattern = Array(pattern.utf8)
    guard var found = text.firstIndex(of: pattern[0]) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var position = 0
    while true {
      output.append(contentsOf: text[position..<found])
      position = found
      if text[found...].starts(with: pattern) {
        output.append(contentsOf: replacement.utf8)
        position += pattern.count
      } else {
        output.append(text[found])
        position += 1
      }
      guard let next = text[position...].firstIndex(of: pattern[0]) else { break }
      found = next
    }
    output.append(contentsOf: text[position...])
    return output
  }

  /// Each white-space character as a space.
  private static func withPlainSpaces(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      var position = 0
      while position < bytes.count {
        let space = WhiteSpace.length(bytes, at: position)
        output.append(space > 0 ? 0x20 : bytes[position])
        position += max(space, 1)
      }
      return output
    }
  }

  private static func withNamedEmojiAndNoAccents(_ text: [UInt8]) -> [UInt8] {
    var named = String.UnicodeScalarView()
    EmojiNames.replace(Array(String(decoding: text, as: UTF8.self).unicodeScalars), into: &named)
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for scalar in String(named).decomposedStringWithCompatibilityMapping.unicodeScalars
    where scalar.properties.canonicalCombiningClass == .notReordered {
      output.append(scalar: scalar.value)
    }
    return output
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
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      var needsSpace = false
      var position = 0
      while position < bytes.count {
        let space = WhiteSpace.length(bytes, at: position)
        let byte = bytes[position]
        position += max(space, 1)
        if space > 0 {
          needsSpace = !output.isEmpty
        } else if byte >= 0x20, byte < 0x7F {
          if needsSpace { output.append(0x20) }
          needsSpace = false
          output.append(byte)
        }
      }
      return output
    }
  }
}
