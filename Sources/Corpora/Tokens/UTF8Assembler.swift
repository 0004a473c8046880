import Files

/// Puts bytes that arrive one by one together to text.
///
/// A character is given out with its last byte. What can never become well formed is given out as U+FFFD, one for each longest
/// start of a well-formed sequence, as the Unicode standard recommends.
public struct UTF8Assembler: Sendable {
  private var pending: [UInt8] = []

  /// An assembler without pending bytes.
  public init() {}

  /// Takes a byte and returns what it completes, often nothing.
  public mutating func append(_ byte: UInt8) -> String {
    pending.append(byte)
    switch pending.withUnsafeBufferPointer({ UTF8Validation.sequenceLength($0, at: 0) }) {
    case 0: return ""
    case 1...: return flush()
    default:
      guard pending.count > 1 else { return flush() }
      // The new byte ended a sequence that was cut short; it may itself start the next.
      pending.removeLast()
      return flush() + append(byte)
    }
  }

  /// Takes bytes and returns the text they complete.
  public mutating func append(contentsOf bytes: some Sequence<UInt8>) -> String {
    bytes.reduce(into: "") { $0 += append($1) }
  }

  /// Returns what is still pending, as U+FFFD where it was cut short.
  public mutating func finish() -> String { flush() }

  private mutating func flush() -> String {
    defer { pending.removeAll(keepingCapacity: true) }
    return String(decoding: pending, as: UTF8.self)
  }
}
