import Foundation

/// The random generator MT19937 of Matsumoto and Nishimura (1998), 32-bit outputs.
public struct MersenneTwister: Sendable, Equatable {
  private static let size = 624
  private static let shift = 397

  private var words: [UInt32]
  private var place: Int

  /// A generator with the 32-bit initialisation.
  public init(seed: UInt32) {
    words = [seed]
    words.reserveCapacity(Self.size)
    for index in 1..<Self.size {
      let previous = words[index - 1]
      words.append(1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(index))
    }
    place = Self.size
  }

  /// The next 32 bits.
  public mutating func next32() -> UInt32 {
    if place == Self.size { twist() }
    var word = words[place]
    place += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9D2C_5680
    word ^= (word << 15) & 0xEFC6_0000
    return word ^ (word >> 18)
  }

  private mutating func twist() {
    for index in 0..<Self.size {
      let joined = (words[index] & 0x8000_0000) | (words[(index + 1) % Self.size] & 0x7FFF_FFFF)
      let twisted = (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_B0DF)
      words[index] = words[(index + Self.shift) % Self.size] ^ twisted
    }
    place = 0
  }

  /// A uniform whole number in 0 … `bound`, by masking and rejection; draws nothing for 0.
  public mutating func draw(upTo bound: Int) -> Int {
    precondition(bound >= 0, "draw up to \(bound)")
    guard bound > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(bound.leadingZeroBitCount)
    while true {
      // More than 32 bits take two outputs, the low half first.
      let low = UInt64(next32())
      let value = (mask > UInt64(UInt32.max) ? UInt64(next32()) << 32 | low : low) & mask
      if value <= UInt64(bound) { return Int(value) }
    }
  }

  /// A uniform number in [0, 1) with 24 bits.
  public mutating func uniform() -> Float { Float(next32() >> 8) * 0x1p-24 }

  /// A uniform number in `range`.
  public mutating func uniform(in range: Range<Float>) -> Float {
    min(range.lowerBound + (range.upperBound - range.lowerBound) * uniform(), range.upperBound.nextDown)
  }

  /// Shuffles from the back: for i = n − 1 … 1 swaps the elements i and `draw(upTo: i)`.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, draw(upTo: index))
    }
  }

  /// The numbers 0 ..< `count` in random order.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }
}

extension MersenneTwister: RandomNumberGenerator {
  /// 64 bits from two outputs, the low half first.
  public mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return UInt64(next32()) << 32 | low
  }
}

extension MersenneTwister {
  /// Whole numbers that ``packed`` takes: two words in each, and the place in them.
  static let packedCount = size / 2 + 1

  /// The state.
  var packed: [Int64] {
    stride(from: 0, to: Self.size, by: 2).map {
      Int64(bitPattern: UInt64(words[$0]) | UInt64(words[$0 + 1]) << 32)
    } + [Int64(place)]
  }

  /// The generator of a state; nil for numbers that are none.
  init?(packed: some Collection<Int64>) {
    guard packed.count == Self.packedCount, let place = Array(packed.suffix(1)).first,
      (0...Int64(Self.size)).contains(place)
    else { return nil }
    words = packed.dropLast().flatMap { pair -> [UInt32] in
      let bits = UInt64(bitPattern: pair)
      return [UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)]
    }
    self.place = Int(place)
  }
}

extension MersenneTwister: Codable {
  private enum CodingKeys: String, CodingKey {
    case words, place
  }

  /// Writes the state as Base64 of 624 little-endian words, and the place in it.
  public func encode(to encoder: any Encoder) throws {
    var bytes: [UInt8] = []
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Data(bytes).base64EncodedString(), forKey: .words)
    try container.encode(place, forKey: .place)
  }

  /// - Throws: `DecodingError.dataCorrupted` for a state of the wrong size.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    place = try container.decode(Int.self, forKey: .place)
    let data = Data(base64Encoded: try container.decode(String.self, forKey: .words)) ?? Data()
    guard data.count == Self.size * 4, (0...Self.size).contains(place) else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: container, debugDescription: "the state of a random generator has the wrong size")
    }
    words = data.withUnsafeBytes { raw in
      (0..<Self.size).map { UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
    }
  }
}
