/// Cuts cleaned texts into the sentences a SentencePiece model is trained on.
///
/// White space around a text is dropped; the text is split at line breaks, each line at full stops, and every part gets a
/// full stop behind it, so that a line that ends with one gives a lone full stop at its end. A longer sentence than
/// ``longest`` is cut there, between two characters: the library gives up on words of more than 65,535 characters.
struct SentenceCutter {
  /// Most bytes of a sentence, its full stop not counted.
  static let longest = 8192

  private let text: [UInt8]
  private var place: Int
  private let end: Int
  private var isDone = false

  init(_ text: [UInt8]) {
    self.text = text
    let first = text.firstIndex { !$0.isStripped } ?? 0
    place = first
    end = (text.lastIndex { !$0.isStripped } ?? first - 1) + 1
  }

  /// The next sentence without its full stop; nil at the end.
  mutating func next() -> ArraySlice<UInt8>? {
    guard !isDone else { return nil }
    var stop = place
    while stop < end, text[stop] != UInt8(ascii: "."), text[stop] != UInt8(ascii: "\n"), stop - place < Self.longest {
      stop += 1
    }
    if stop < end, stop - place == Self.longest { return cut(at: stop) }
    defer {
      isDone = stop >= end
      place = stop + 1
    }
    return text[place..<stop]
  }

  /// A piece of a long sentence, with its last character whole.
  private mutating func cut(at limit: Int) -> ArraySlice<UInt8> {
    var stop = limit
    while stop > place + Self.longest - 4, text[stop] & 0xC0 == 0x80 { stop -= 1 }
    defer { place = stop }
    return text[place..<stop]
  }
}

extension UInt8 {
  /// White space in ASCII, with the separators U+001C to U+001F.
  fileprivate var isStripped: Bool { self == 0x20 || (0x09...0x0D).contains(self) || (0x1C...0x1F).contains(self) }
}
