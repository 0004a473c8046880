import Files

/// Names of emoji, and of sequences of them.
enum EmojiNames {
  private struct Entry {
    var scalars: [Unicode.Scalar]
    var name: String
  }

  private static let variationSelector: Unicode.Scalar = "\u{FE0F}"

  /// Known sequences by their first scalar, longest first.
  ///
  /// Without variation selectors and regular skin tones.
  private static let table: [Unicode.Scalar: [Entry]] = {
    var table: [Unicode.Scalar: [Entry]] = [:]
    let tables = [EmojiNameTable.symbols, EmojiNameTable.people, EmojiNameTable.objects]
    for word in tables.flatMap({ $0.split(separator: " ") }) {
      guard let mark = word.firstIndex(of: "=") else { continue }
      let scalars = word[..<mark].split(separator: "-").compactMap {
        UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
      }
      guard let first = scalars.first else { continue }
      table[first, default: []].append(Entry(scalars: scalars, name: String(word[word.index(after: mark)...])))
    }
    return table.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
  }()

  /// Text with each emoji replaced by its name between colons.
  static func replace(in text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      var position = 0
      while true {
        let next = UTF8Validation.firstNonASCII(bytes, from: position)
        guard next < bytes.count else { break }
        // Keycaps are the only emoji that start in ASCII.
        if next > position, let found = match(bytes, at: next - 1) {
          output.append(contentsOf: bytes[position..<(next - 1)])
          append(found.name, to: &output)
          position = found.end
        } else if let found = match(bytes, at: next) {
          output.append(contentsOf: bytes[position..<next])
          append(found.name, to: &output)
          position = found.end
        } else {
          let end = next + UTF8Scalar.decode(bytes, at: next).length
          output.append(contentsOf: bytes[position..<end])
          position = end
        }
      }
      output.append(contentsOf: bytes[position...])
      return output
    }
  }

  private static func append(_ name: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: ":"))
    output.append(contentsOf: name.utf8)
    output.append(UInt8(ascii: ":"))
  }

  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, Int)? {
    guard position < bytes.count else { return nil }
    let (code, length) = UTF8Scalar.decode(bytes, at: position)
    return code.flatMap(Unicode.Scalar.init).map { ($0, position + length) }
  }

  /// The name of the longest emoji at `position` and the place behind it.
  private static func match(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (name: String, end: Int)? {
    guard let (first, _) = scalar(bytes, at: position), let entries = table[first] else { return nil }
    var best: (name: String, end: Int)?
    for entry in entries {
      guard let (end, tones) = matchEnd(entry.scalars, bytes, at: position) else { continue }
      if end > best?.end ?? position {
        best = (entry.name + tones.map { "_\($0)_skin_tone" }.joined(), end)
      }
    }
    return best
  }

  /// Matches a known sequence, passing variation selectors, and skin tones behind its people.
  private static func matchEnd(
    _ wanted: [Unicode.Scalar], _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (end: Int, tones: [String])? {
    var position = start
    var tones: [String] = []
    for (index, scalar) in wanted.enumerated() {
      guard let (found, end) = self.scalar(bytes, at: position), found == scalar else { return nil }
      position = end
      if let (selector, end) = self.scalar(bytes, at: position), selector == variationSelector { position = end }
      guard scalar.properties.isEmojiModifierBase, let (next, toneEnd) = self.scalar(bytes, at: position),
        let tone = skinTone(next), index + 1 == wanted.count || wanted[index + 1] != next
      else { continue }
      tones.append(tone)
      position = toneEnd
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
