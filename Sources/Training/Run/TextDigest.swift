import Corpora

/// A number that tells one set of texts from another.
enum TextDigest {
  /// Texts beyond which only a choice is looked at, when they lie on disk.
  private static let sampleCount = 4096
  /// Bytes of a chosen text that are looked at.
  private static let sampleBytes = 4096

  /// Number, order and contents of the texts in 64 bits.
  ///
  /// - Parameter isSampled: looks at ``sampleCount`` evenly spaced texts only, for those that would have to be read from
  ///   disk.
  static func of(_ texts: TextStore, isSampled: Bool) -> String {
    var hash = Hash()
    hash.add(UInt64(texts.count))
    hash.add(UInt64(texts.byteCount))
    let stride = isSampled ? max(1, texts.count / sampleCount) : 1
    for index in Swift.stride(from: 0, to: texts.count, by: stride) {
      texts.withBytes(at: index) { bytes in
        hash.add(UInt64(bytes.count))
        hash.add(isSampled ? UnsafeBufferPointer(rebasing: bytes.prefix(sampleBytes)) : bytes)
      }
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

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
      let raw = UnsafeRawBufferPointer(bytes)
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
