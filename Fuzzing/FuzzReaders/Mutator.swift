/// Makes inputs out of seed files; the same number always makes the same input.
struct Mutator {
  private var state: UInt64
  private static let longest = 1 << 14

  /// Byte runs that mean something to one of the formats or to the cleaning.
  private static let tokens: [[UInt8]] =
    [
      "\"", "\"\"", ",", "\t", ";", "\n", "\r\n", "\r", "\u{FEFF}", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud83d",
      "\\ude00", "null", "true", "-1", "1e9", "0", "sentence", "label", "\"sentence\":", "\"label\":", "pos", "<", ">",
      "<br />", "&", "&#", "&#x", "&amp", ";", "&#128;", "#tag", "https", "https://a", "é", "你", "😀", "👩‍💻", "🇫🇷",
      "\u{FE0F}",
      "\u{200D}", "🏽", "\u{A0}", "\u{2028}", " ", "word",
    ].map { Array($0.utf8) } + [
      [0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B], [0x1F, 0x8B, 8, 0], [0xC3], [0xE2, 0x82], [0xF0, 0x9F],
      [0xED, 0xA0, 0x80], [0],
      [0xFF],
    ]

  init(seed: UInt64, stream: UInt64, number: Int) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ stream &* 0xBF58_476D_1CE4_E5B9 ^ UInt64(number) &* 0x94D0_49BB_1331_11EB
  }

  /// A number below `bound` (SplitMix64).
  mutating func draw(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(bound, 1)))
  }

  /// One of the files, mostly of those in `own`, with up to eight changes.
  mutating func input(from seeds: [[UInt8]], own: [[UInt8]]) -> [UInt8] {
    let chosen = draw(below: 4) == 0 ? seeds : own
    var bytes = chosen[draw(below: chosen.count)]
    for _ in 0...draw(below: 1 + draw(below: 8)) { change(&bytes, seeds) }
    if bytes.count > Self.longest { bytes.removeLast(bytes.count - Self.longest) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ seeds: [[UInt8]]) {
    let place = draw(below: bytes.count + 1)
    let length = draw(below: min(64, bytes.count - place) + 1)
    switch draw(below: 9) {
    case 0 where place < bytes.count: bytes[place] = UInt8(draw(below: 256))
    case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(draw(below: 8))
    case 2: bytes.insert(contentsOf: Self.tokens[draw(below: Self.tokens.count)], at: place)
    case 3: bytes.replaceSubrange(place..<(place + length), with: Self.tokens[draw(below: Self.tokens.count)])
    case 4: bytes.removeSubrange(place..<(place + length))
    case 5: bytes.insert(contentsOf: bytes[place..<(place + length)], at: draw(below: bytes.count + 1))
    case 6:
      let other = seeds[draw(below: seeds.count)]
      let start = draw(below: other.count + 1)
      bytes.insert(contentsOf: other[start..<(start + draw(below: min(64, other.count - start) + 1))], at: place)
    case 7 where draw(below: 8) == 0: bytes.removeLast(bytes.count - place)
    case 8 where draw(below: 32) == 0:
      // The same token many times: what is linear stays quick.
      let token = Self.tokens[draw(below: Self.tokens.count)]
      bytes.insert(contentsOf: (0..<(4096 / token.count)).flatMap { _ in token }, at: place)
    default: bytes.insert(UInt8(draw(below: 256)), at: place)
    }
  }
}
