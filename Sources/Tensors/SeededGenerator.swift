/// A small reproducible random generator (SplitMix64, Steele, Lea and Flood 2014) whose whole state is one number.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Codable, Equatable {
  /// The state; a generator restored from it goes on identically.
  public var state: UInt64

  /// Starts from a seed; equal seeds give equal sequences.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number uniform on [0, 1), with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}
