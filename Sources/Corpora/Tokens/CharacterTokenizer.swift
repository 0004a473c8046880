/// Bytes as tokens: token = byte + 1, 0 is padding.
public struct CharacterTokenizer: Sendable, Codable, Hashable {
  /// 256 bytes and padding.
  public static let vocabularySize = 257
  /// The token that stands for no byte.
  public static let paddingID: Int32 = 0

  /// 256 bytes and padding.
  public var vocabularySize: Int { Self.vocabularySize }

  /// The tokenizer; it has no settings.
  public init() {}

  /// The token of a byte.
  public func token(for byte: UInt8) -> Int32 { Int32(byte) + 1 }

  /// The byte of a token; nil for padding and for what is no token.
  public func byte(for token: Int32) -> UInt8? { UInt8(exactly: Int(token) - 1) }

  /// One token a byte.
  public func encode(_ bytes: some Sequence<UInt8>) -> [Int32] { bytes.map { Int32($0) + 1 } }

  /// The tokens of a text after cleaning.
  public func encode(text: String, cleaning: CleaningMethod) -> [Int32] { encode(cleaning.clean(text)) }

  /// The bytes of tokens; padding and what is no token is skipped.
  public func decode(_ tokens: some Sequence<Int32>) -> [UInt8] { tokens.compactMap(byte(for:)) }
}
