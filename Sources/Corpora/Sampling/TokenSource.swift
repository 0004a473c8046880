/// Texts as tokens, by number.
public protocol TokenSource: Sendable {
  /// Number of texts.
  var count: Int { get }
  /// The tokens of a text; may be none.
  func tokens(at index: Int) throws -> [Int32]
}

/// Raw texts that are cleaned and cut into byte tokens whenever they are asked for.
public struct CleanedTexts: TokenSource {
  /// The raw texts.
  public let texts: TextStore
  /// How they are cleaned.
  public let cleaning: CleaningMethod
  /// How cleaned text becomes tokens.
  public let tokenizer: CharacterTokenizer

  /// The texts of a store, cleaned one way.
  public init(_ texts: TextStore, cleaning: CleaningMethod, tokenizer: CharacterTokenizer = CharacterTokenizer()) {
    self.texts = texts
    self.cleaning = cleaning
    self.tokenizer = tokenizer
  }

  /// Number of texts.
  public var count: Int { texts.count }

  /// The tokens of a text after cleaning.
  public func tokens(at index: Int) -> [Int32] {
    tokenizer.encode(texts.withBytes(at: index) { cleaning.clean($0) })
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
