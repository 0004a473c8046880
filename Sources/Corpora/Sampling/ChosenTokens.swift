/// Some of a source's texts.
public struct ChosenTokens: TokenSource {
  /// Which texts are chosen, and in what order.
  public enum Choice: Sendable {
    /// These.
    case listed([Int])
    /// Those at these places of a pseudorandom order.
    case places(PseudorandomOrder, Range<Int>)

    /// Number of texts.
    public var count: Int {
      switch self {
      case .listed(let indices): indices.count
      case .places(_, let range): range.count
      }
    }

    /// The number of the text at a place.
    public subscript(place: Int) -> Int {
      switch self {
      case .listed(let indices): indices[place]
      case .places(let order, let range): order[range.lowerBound + place]
      }
    }
  }

  private let source: any TokenSource
  private let choice: Choice

  /// The chosen texts of a source.
  public init(_ source: any TokenSource, _ choice: Choice) {
    self.source = source
    self.choice = choice
  }

  /// Number of chosen texts.
  public var count: Int { choice.count }

  /// The bytes of the source's tokens.
  public var byteCounts: [Int32]? { source.byteCounts }

  /// The tokens of a chosen text.
  public func tokens(at index: Int) throws -> [Int32] { try source.tokens(at: choice[index]) }
}

extension SplitFractions {
  /// Rows up to this many are shuffled as a list; more are put in a pseudorandom order that takes no memory.
  public static let listedRows = 1 << 22

  /// The parts of ``partition(count:generator:)`` as choices; nil for a part without rows.
  ///
  /// Up to `listedRows` rows the parts are the same as there. Beyond that no list of rows is made.
  ///
  /// - Throws: `CorpusError.tooFewRows` when there are fewer rows than parts with a share.
  public func choices(
    count: Int, generator: inout MersenneTwister, listedRows: Int = Self.listedRows
  ) throws(CorpusError) -> (
    training: ChosenTokens.Choice?, validation: ChosenTokens.Choice?, test: ChosenTokens.Choice?
  ) {
    guard count > listedRows else {
      let parts = try partition(count: count, generator: &generator)
      let choices = [parts.training, parts.validation, parts.test].map { rows in
        rows.isEmpty ? nil : ChosenTokens.Choice.listed(rows)
      }
      return (choices[0], choices[1], choices[2])
    }
    let order = PseudorandomOrder(count: count, generator: &generator)
    var cursor = 0
    let choices = sizes(count: count).map { size -> ChosenTokens.Choice? in
      defer { cursor += size }
      return size == 0 ? nil : .places(order, cursor..<cursor + size)
    }
    return (choices[0], choices[1], choices[2])
  }
}
