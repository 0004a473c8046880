import Corpora

/// A number that tells one set of texts from another.
enum TextDigest {
  /// Texts beyond which only a choice is looked at, when they lie on disk.
  private static let sampleCount = 4096
  /// Tokens of a chosen text that are looked at.
  private static let sampleTokens = 4096

  /// Number, order and contents of the chosen texts in 64 bits.
  static func of(_ texts: TextStore, _ choice: ChosenTokens.Choice) -> String {
    var hash = Hash()
    hash.add(UInt64(choice.count))
    for place in 0..<choice.count {
      texts.withBytes(at: choice[place]) { bytes in
        hash.add(UInt64(bytes.count))
        hash.add(UnsafeRawBufferPointer(bytes))
      }
    }
    return String(hash.value, radix: 16)
  }

  /// Number, order and tokens of texts that would have to be read from disk: of ``sampleCount`` evenly spaced ones.
  static func sampling(_ source: any TokenSource) throws -> String {
    var hash = Hash()
    hash.add(UInt64(source.count))
    for index in stride(from: 0, to: source.count, by: max(1, source.count / sampleCount)) {
      let tokens = try source.tokens(at: index)
      hash.add(UInt64(tokens.count))
      tokens.prefix(sampleTokens).withUnsafeBytes { hash.add($0) }
    }
    return String(hash.value, radix: 16)
  }

  /// Eight bytes at a time, because corpora are large.
  private struct Hash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ word: UInt64) {
      value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
      value ^= value >> 32
    }

    mutating func add(_ raw: UnsafeRawBufferPointer) {
      var place = 0
      while place + 8 <= raw.count {
        add(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
        place += 8
      }
      var rest: UInt64 = 0
      for byte in raw[place...] { rest = rest << 8 | UInt64(byte) }
      add(rest)
    }
  }
}
