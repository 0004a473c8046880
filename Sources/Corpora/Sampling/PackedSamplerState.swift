/// Everything that a ``PackedSampler`` in training needs to go on with the next batch, given the same texts.
public struct PackedSamplerState: Sendable, Equatable {
  /// Number of texts the state belongs to.
  var sourceCount: Int
  /// Steps of a batch.
  var sequenceLength: Int
  /// Seed of the orders.
  var orderSeed: UInt32
  /// Texts taken over all passes.
  var taken: Int
  /// One state a row.
  var rows: [PackedRow.State]

  private static let (texts, delivered) = ("texts", "delivered")

  /// The text that each row is in, by the number under which it was taken (−1 before the first), and its delivered tokens.
  var arrays: [SamplerState.NamedArray] {
    [
      SamplerState.NamedArray(Self.texts, rows.map { Int64($0.text) }, shape: [rows.count]),
      SamplerState.NamedArray(Self.delivered, rows.map { Int64($0.delivered) }, shape: [rows.count]),
    ]
  }

  mutating func takeRows(_ values: (String) throws -> [Int64]) throws {
    let texts = try values(SamplerState.namePrefix + Self.texts)
    let delivered = try values(SamplerState.namePrefix + Self.delivered)
    guard texts.count == delivered.count else {
      throw CorpusError.stateMismatch(reason: "its arrays have other sizes than it says")
    }
    rows = zip(texts, delivered).map { PackedRow.State(text: Int($0), delivered: Int($1)) }
  }
}

extension PackedSamplerState: Codable {
  enum CodingKeys: String, CodingKey {
    case sourceCount, sequenceLength, orderSeed, taken
  }

  /// Reads all but the rows.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    sourceCount = try container.decode(Int.self, forKey: .sourceCount)
    sequenceLength = try container.decode(Int.self, forKey: .sequenceLength)
    orderSeed = try container.decode(UInt32.self, forKey: .orderSeed)
    taken = try container.decode(Int.self, forKey: .taken)
    rows = []
  }

  /// Writes all but the rows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sourceCount, forKey: .sourceCount)
    try container.encode(sequenceLength, forKey: .sequenceLength)
    try container.encode(orderSeed, forKey: .orderSeed)
    try container.encode(taken, forKey: .taken)
  }
}
