/// A pseudorandom order of 0 ..< count that needs no memory: a Feistel network of four rounds over the next power of
/// four, walked until it lands inside (Black and Rogaway 2002).
public struct PseudorandomOrder: Sendable, Equatable {
  /// How many numbers are put in order.
  public let count: Int
  private let halfBits: UInt64
  private let keys: [UInt64]

  /// The order that `generator` draws.
  public init(count: Int, generator: inout MersenneTwister) {
    precondition(count >= 0, "an order of \(count) numbers")
    self.count = count
    let bits = Int.bitWidth - max(count - 1, 1).leadingZeroBitCount
    halfBits = UInt64((bits + 1) / 2)
    keys = (0..<4).map { _ in generator.next() }
  }

  /// The number at a place.
  public subscript(place: Int) -> Int {
    precondition(place >= 0 && place < count, "place \(place) of \(count)")
    var value = UInt64(place)
    repeat { value = permuted(value) } while value >= UInt64(count)
    return Int(value)
  }

  private func permuted(_ value: UInt64) -> UInt64 {
    let mask = (1 << halfBits) - 1 as UInt64
    var (left, right) = (value >> halfBits, value & mask)
    for key in keys { (left, right) = (right, left ^ (mixed(right ^ key) & mask)) }
    return left << halfBits | right
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
  private func mixed(_ value: UInt64) -> UInt64 {
    var word = value &+ 0x9e37_79b9_7f4a_7c15
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
