/// Texts as tokens, by number.
public protocol TokenSource: Sendable {
  /// Number of texts.
  var count: Int { get }
  /// The tokens of a text; may be none.
  func tokens(at index: Int) throws -> [Int32]
  /// Bytes of text that each token stands for, by token; `nil` when every token stands for one.
  var byteCounts: [Int32]? { get }
}

extension TokenSource {
  /// Every token stands for one byte.
  public var byteCounts: [Int32]? { nil }
}

/// Raw texts that are cleaned and cut into tokens whenever they are asked for.
public struct CleanedTexts: TokenSource {
  /// The raw texts.
  public let texts: TextStore
  /// How they are cleaned.
  public let cleaning: CleaningMethod
  /// How cleaned text becomes tokens.
  public let tokenizer: any Tokenizer

  /// The texts of a store, cleaned one way.
  public init(_ texts: TextStore, cleaning: CleaningMethod, tokenizer: any Tokenizer = CharacterTokenizer()) {
    self.texts = texts
    self.cleaning = cleaning
    self.tokenizer = tokenizer
  }

  /// Number of texts.
  public var count: Int { texts.count }

  /// Bytes of each of the tokenizer's tokens.
  public var byteCounts: [Int32]? { tokenizer.byteCounts }

  /// The tokens of a text after cleaning.
  ///
  /// - Throws: ``CorpusError/notTokenized(reason:)``.
  public func tokens(at index: Int) throws -> [Int32] {
    try tokenizer.tokens(of: texts.withBytes(at: index) { cleaning.clean($0) })
  }
}

/// How far a language model's state reaches.
public enum StatePersistence: Int, Sendable, Codable, CaseIterable {
  /// The state is never reset.
  case never = -1
  /// The state is zeroed before each text.
  case perText = 0
  /// The state is zeroed before each shard.
  case perShard = 1
}
