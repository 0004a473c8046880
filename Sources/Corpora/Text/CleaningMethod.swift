/// A named way to bring raw text into the form a model reads.
///
/// Part of a model: recorded in its checkpoint.
public enum CleaningMethod: String, Codable, CaseIterable, Sendable {
  /// Markup removed, ASCII by transliteration, HTML entities decoded, single spaces; a line feed and a space before, a
  /// space behind.
  ///
  /// After Radford, Jozefowicz and Sutskever (2017).
  case processString = "process_str"
  /// For tweets: links masked, emoji named, accents removed, hashtags turned into emphasis, ASCII only.
  case processTweet = "process_tweet"
  /// The bytes as they are.
  case none

  /// Reads a name as written on the command line.
  ///
  /// - Throws: `CorpusError.unknownName`.
  public init(named name: String) throws(CorpusError) {
    guard let method = Self(rawValue: name) else {
      throw .unknownName(kind: "cleaning", name: name, known: Self.allCases.map(\.rawValue))
    }
    self = method
  }

  /// The cleaned bytes of a text in UTF-8.
  ///
  /// Ill-formed bytes pass through `none` untouched and are dropped by the others.
  public func clean(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    switch self {
    case .processString: StringCleaning.clean(text)
    case .processTweet: TweetCleaning.clean(text)
    case .none: Array(text)
    }
  }

  /// The cleaned bytes of a text in UTF-8.
  public func clean(_ text: some Collection<UInt8>) -> [UInt8] {
    text.withContiguousStorageIfAvailable { clean($0) } ?? Array(text).withUnsafeBufferPointer { clean($0) }
  }

  /// The cleaned bytes of a text.
  public func clean(_ text: String) -> [UInt8] { clean(text.utf8) }
}
