import Corpora

/// The texts that are still to be encoded, longest first, cut into tokens when they are taken.
public struct TextQueue {
  private let texts: CleanedTexts
  private let maximumLength: Int?
  private var order: ArraySlice<Int>

  /// Orders texts by their length in bytes.
  ///
  /// - Parameter maximumLength: tokens of a text that are read; `nil` for all.
  public init(_ texts: CleanedTexts, maximumLength: Int? = nil) {
    self.texts = texts
    self.maximumLength = maximumLength
    let lengths = (0..<texts.count).map { texts.texts.withBytes(at: $0) { $0.count } }
    order = (0..<texts.count).sorted { (lengths[$0], $1) > (lengths[$1], $0) }[...]
  }

  /// Texts that were not taken yet.
  public var count: Int { order.count }

  /// The next text and its tokens, at least one: a text without any is one padding token, so that it has features at all.
  ///
  /// - Throws: `CorpusError.notTokenized`.
  public mutating func next() throws -> (text: Int, tokens: [Int32])? {
    guard let text = order.popFirst() else { return nil }
    var tokens = try texts.tokens(at: text)
    if let maximumLength, maximumLength < tokens.count { tokens.removeLast(tokens.count - maximumLength) }
    return (text, tokens.isEmpty ? [CharacterTokenizer.paddingID] : tokens)
  }
}
