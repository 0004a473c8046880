/// A 64-bit digest of bytes, to notice that something changed; no protection against forgery.
public struct ContentDigest: Sendable, Equatable {
  private var state: UInt64 = 0x9ae1_6a3b_2f90_404f

  /// The digest of nothing.
  public init() {}

  /// The digest of some bytes.
  public init(of bytes: some Collection<UInt8>) {
    add(bytes)
  }

  /// Sixteen hexadecimal digits.
  public var text: String {
    let digits = String(finished, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Takes bytes in; where one call ends and the next begins makes a difference.
  public mutating func add(_ bytes: some Collection<UInt8>) {
    let known: Void? = bytes.withContiguousStorageIfAvailable { add(UnsafeRawBufferPointer($0)) }
    if known == nil { Array(bytes).withUnsafeBytes { add($0) } }
  }

  /// Takes a text in.
  public mutating func add(_ text: String) { add(Array(text.utf8)) }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    for byte in bytes[offset...] { mix(UInt64(byte)) }
    mix(UInt64(bytes.count))
  }

  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0xff51_afd7_ed55_8ccd
    state ^= state >> 32
  }

  private var finished: UInt64 {
    let mixed = (state ^ (state >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return mixed ^ (mixed >> 33)
  }
}
