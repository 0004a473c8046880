import ArgumentParser

/// Seeds on the command line: the same numbers in every command.
public enum Seed {
  /// The largest seed, 2³² − 1.
  public static let largest = Int(UInt32.max)

  /// Refuses numbers that would be cut off.
  ///
  /// - Throws: `ValidationError`.
  public static func check(_ number: Int) throws {
    guard number > largest else { return }
    throw ValidationError(
      "--seed must be at most \(TextFormat.count(largest)), not \(TextFormat.count(number)); a negative number draws one."
    )
  }

  /// The number itself, or a random one of at most 31 bits for a negative number, so that it can be typed again.
  public static func resolve(_ number: Int) -> UInt32 {
    number >= 0 ? UInt32(clamping: number) : UInt32.random(in: 0..<1 << 31)
  }
}
