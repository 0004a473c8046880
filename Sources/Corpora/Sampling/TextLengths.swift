/// How long texts are in tokens.
public struct TextLengths: Sendable, Equatable {
  /// Tokens of the texts that were looked at.
  public private(set) var tokens = 0
  /// Of those, all but the first of each text.
  public private(set) var targets = 0
  /// Tokens of the longest.
  public private(set) var longest = 0
  /// The texts from the longest to the shortest; nil when not all were looked at, or when they are so many that it does not
  /// matter in which order they are dealt.
  public private(set) var longestFirst: [Int]?

  /// Texts up to this many are put in order.
  public static let listedTexts = 1 << 16

  /// Looks at texts until there are so many tokens.
  ///
  /// - Throws: `CorpusError.stopped` when the process was asked to stop; what the source throws.
  public init(of source: any TokenSource, upTo limit: Int = .max, listing listedTexts: Int = Self.listedTexts) throws {
    var lengths: [Int] = []
    let isListed = source.count <= listedTexts
    for index in 0..<source.count {
      if tokens >= limit { return }
      if StopRequest.isMade { throw CorpusError.stopped }
      let length = try source.tokens(at: index).count
      tokens += length
      targets += max(length - 1, 0)
      longest = max(longest, length)
      if isListed { lengths.append(length) }
    }
    guard isListed else { return }
    longestFirst = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
  }

  /// The rows over which the texts can be packed without padding: as many as the longest of them goes into all.
  public func rows(atMost most: Int) -> Int { min(max(tokens / max(longest, 1), 1), most) }
}
