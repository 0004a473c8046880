/// A way to cut text into the tokens a model reads, and back.
///
/// Tokens are numbers in 0 ..< ``vocabularySize``; 0 is padding and stands for no text. A tokenizer has no state: the
/// same bytes always give the same tokens, from any thread.
public protocol Tokenizer: Sendable {
  /// Number of tokens, padding included (V).
  var vocabularySize: Int { get }

  /// A name that is equal only for tokenizers that cut every text alike.
  var identity: String { get }

  /// Bytes that each token stands for, by token; `nil` when every token but padding stands for one.
  var byteCounts: [Int32]? { get }

  /// The tokens of a cleaned text.
  ///
  /// - Throws: ``CorpusError/notTokenized(reason:)``.
  func tokens(of text: UnsafeBufferPointer<UInt8>) throws(CorpusError) -> [Int32]

  /// The bytes that a token stands for within a text; none for padding and for what is no token.
  func bytes(of token: Int32) -> [UInt8]

  /// Whether a token may appear in text that a model writes: not padding, nor a sign for what is unknown.
  func isWritable(_ token: Int32) -> Bool

  /// The tokens to read before writing a text of which nothing is given: what stands before every text in training.
  var openingTokens: [Int32] { get }

  /// Whether a text's first token begins with a space that is not part of the text.
  var addsLeadingSpace: Bool { get }
}

extension Tokenizer {
  /// The token that stands for no text.
  public var paddingID: Int32 { 0 }

  /// The tokens of a cleaned text.
  ///
  /// - Throws: ``CorpusError/notTokenized(reason:)``.
  public func tokens(of text: some Collection<UInt8>) throws(CorpusError) -> [Int32] {
    let bytes = Array(text)
    let outcome = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(CorpusError) in try tokens(of: buffer) }
    }
    return try outcome.get()
  }
}

extension CharacterTokenizer: Tokenizer {
  /// A name of its own.
  public var identity: String { "characters" }

  /// One byte a token.
  public var byteCounts: [Int32]? { nil }

  /// One token a byte.
  public func tokens(of text: UnsafeBufferPointer<UInt8>) -> [Int32] { text.map { Int32($0) + 1 } }

  /// The byte of a token; none for padding and for what is no token.
  public func bytes(of token: Int32) -> [UInt8] { byte(for: token).map { [$0] } ?? [] }

  /// Whether the token is a byte.
  public func isWritable(_ token: Int32) -> Bool { byte(for: token) != nil }

  /// A line break and a space, with which `process_str` begins every text.
  public var openingTokens: [Int32] { [token(for: UInt8(ascii: "\n")), token(for: UInt8(ascii: " "))] }

  /// A text's first byte is its own.
  public var addsLeadingSpace: Bool { false }
}
