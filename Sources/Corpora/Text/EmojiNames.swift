/// Names of emoji, and of sequences of them.
enum EmojiNames {
  private struct Entry {
    var scalars: [Unicode.Scalar]
    var name: String
  }

  private static let variationSelector: Unicode.Scalar = "\u{FE0F}"

  /// Known sequences by their first scalar, longest first. Without variation selectors and regular skin tones.
  private static let table: [Unicode.Scalar: [Entry]] = {
    var table: [Unicode.Scalar: [Entry]] = [:]
    for word in EmojiNameTable.words.split(separator: " ") {
      guard let mark = word.firstIndex(of: "=") else { continue }
      let scalars = word[..<mark].split(separator: "-").compactMap {
        UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
      }
      guard let first = scalars.first else { continue }
      table[first, default: []].append(Entry(scalars: scalars, name: String(word[word.index(after: mark)...])))
    }
    return table.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
  }()

  /// Appends `text` with each emoji replaced by its name between colons.
  static func replace(_ text: [Unicode.Scalar], into output: inout String.UnicodeScalarView) {
    var position = 0
    while position < text.count {
      if let (name, end) = match(text, at: position) {
        output.append(":")
        output.append(contentsOf: name.unicodeScalars)
        output.append(":")
        position = end
      } else {
        output.append(text[position])
        position += 1
      }
    }
  }

  /// The name of the longest emoji at `position` and the place behind it.
  private static func match(_ text: [Unicode.Scalar], at position: Int) -> (name: String, end: Int)? {
    guard let entries = table[text[position]] else { return nil }
    var best: (name: String, end: Int)?
    for entry in entries {
      guard let (end, tones) = matchEnd(entry.scalars, text, at: position) else { continue }
      if end > best?.end ?? position {
        best = (entry.name + tones.map { "_\($0)_skin_tone" }.joined(), end)
      }
    }
    return best
  }

  /// Matches a known sequence, passing variation selectors, and skin tones behind its people.
  private static func matchEnd(
    _ wanted: [Unicode.Scalar], _ text: [Unicode.Scalar], at start: Int
  ) -> (end: Int, tones: [String])? {
    var position = start
    var tones: [String] = []
    for (index, scalar) in wanted.enumerated() {
      guard position < text.count, text[position] == scalar else { return nil }
      position += 1
      if position < text.count, text[position] == variationSelector { position += 1 }
      let next = index + 1 < wanted.count ? wanted[index + 1] : nil
      if position < text.count, let tone = skinTone(text[position]), text[position] != next,
        scalar.properties.isEmojiModifierBase
      {
        tones.append(tone)
        position += 1
      }
    }
    return (position, tones)
  }

  private static func skinTone(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x1F3FB: "light"
    case 0x1F3FC: "medium-light"
    case 0x1F3FD: "medium"
    case 0x1F3FE: "medium-dark"
    case 0x1F3FF: "dark"
    default: nil
    }
  }
}
