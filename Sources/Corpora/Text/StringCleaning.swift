import Files

/// The steps of `process_str`.
enum StringCleaning {
  static func clean(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + 3)
    output.append(10)
    output.append(0x20)
    let hasMarkup = text.place(of: UInt8(ascii: "<"), from: 0) < text.count
    let isASCII = UTF8Validation.firstNonASCII(text, from: 0) == text.count
    let hasReference = text.place(of: UInt8(ascii: "&"), from: 0) < text.count
    // Most texts need none of the steps that rewrite them.
    if !hasMarkup, isASCII, !hasReference {
      joinWords(text, into: &output)
      return output
    }
    var bytes = hasMarkup ? withoutMarkup(text) : Array(text)
    if !isASCII { bytes = Transliteration.ascii(bytes) }
    // Transliteration may have made an ampersand.
    if hasReference || !isASCII { bytes = HTMLReferences.decode(bytes) }
    bytes.withUnsafeBufferPointer { joinWords($0, into: &output) }
    return output
  }

  /// Replaces each shortest `<`…`>` without a line feed inside by a space.
  static func withoutMarkup(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var position = 0
    // Remembered so that many openings without a close cost one search together.
    var nextClose = -1
    var nextLineFeed = -1
    while position < text.count {
      let open = text.place(of: UInt8(ascii: "<"), from: position)
      output.append(contentsOf: text[position..<open])
      guard open < text.count else { break }
      if nextClose < open { nextClose = text.place(of: UInt8(ascii: ">"), from: open) }
      if nextLineFeed < open { nextLineFeed = text.place(of: 10, from: open) }
      if nextClose < nextLineFeed {
        output.append(0x20)
        position = nextClose + 1
      } else {
        output.append(UInt8(ascii: "<"))
        position = open + 1
      }
    }
    return output
  }

  /// Appends the words of a text, each with a space behind; only a space when there is none.
  static func joinWords(_ text: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    var position = 0
    var hasWord = false
    while true {
      var space = WhiteSpace.length(text, at: position)
      while space > 0 {
        position += space
        space = WhiteSpace.length(text, at: position)
      }
      guard position < text.count else { break }
      let start = position
      while position < text.count {
        // Nearly every byte is settled by this one comparison.
        if text[position] > 0x20, text[position] < 0x80 {
          position &+= 1
        } else if WhiteSpace.length(text, at: position) == 0 {
          position &+= 1
        } else {
          break
        }
      }
      output.append(contentsOf: text[start..<position])
      output.append(0x20)
      hasWord = true
    }
    if !hasWord { output.append(0x20) }
  }
}

/// White space as Unicode and the original's language see it: U+0009–000D, 001C–0020, 0085, 00A0, 1680, 2000–200A, 2028, 2029,
/// 202F, 205F, 3000.
enum WhiteSpace {
  /// Bytes of the white-space character at `position`; 0 when there is none.
  static func length(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    guard position < text.count else { return 0 }
    let byte = text[position]
    if byte < 0x80 { return byte == 0x20 || (byte >= 9 && byte <= 13) || (byte >= 0x1C && byte < 0x20) ? 1 : 0 }
    guard byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3), position + 1 < text.count else { return 0 }
    let second = text[position + 1]
    if byte == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
    guard position + 2 < text.count else { return 0 }
    let third = text[position + 2]
    let isSpace =
      switch (byte, second) {
      case (0xE1, 0x9A): third == 0x80
      case (0xE2, 0x80): third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
      case (0xE2, 0x81): third == 0x9F
      case (0xE3, 0x80): third == 0x80
      default: false
      }
    return isSpace ? 3 : 0
  }
}
