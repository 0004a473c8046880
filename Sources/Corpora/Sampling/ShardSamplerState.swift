/// Everything that a ``ShardSampler`` needs to go on with the next batch, given the same texts.
///
/// What concerns rows is kept in ``arrays``, because there may be tens of thousands of them; coding covers the rest.
public struct ShardSamplerState: Sendable, Equatable {
  /// Number of texts the state belongs to.
  var sourceCount: Int
  /// Steps of a batch.
  var sequenceLength: Int
  /// Texts of a shard.
  var samplesPerShard: Int
  /// One state a row.
  var rows: [ShardRow.State]

  private static let (generators, documents, delivered) = ("generators", "documents", "delivered")

  /// Generators, texts of the current shard (−1 before the first one) and windows delivered of it, by row.
  var arrays: [SamplerState.NamedArray] {
    let documents = rows.flatMap { row in
      row.documents.isEmpty ? [Int64](repeating: -1, count: samplesPerShard) : row.documents.map(Int64.init)
    }
    return [
      SamplerState.NamedArray(
        Self.generators, rows.flatMap(\.generator.packed), shape: [rows.count, MersenneTwister.packedCount]),
      SamplerState.NamedArray(Self.documents, documents, shape: [rows.count, samplesPerShard]),
      SamplerState.NamedArray(Self.delivered, rows.map { Int64($0.delivered) }, shape: [rows.count]),
    ]
  }

  /// Takes the rows from ``arrays`` as they were saved.
  ///
  /// - Parameter values: gives the numbers saved under a name.
  /// - Throws: ``CorpusError/stateMismatch(reason:)`` when sizes do not fit; what `values` throws.
  mutating func takeRows(_ values: (String) throws -> [Int64]) throws {
    let delivered = try values(SamplerState.namePrefix + Self.delivered)
    let documents = try values(SamplerState.namePrefix + Self.documents)
    let generators = try values(SamplerState.namePrefix + Self.generators)
    let (samples, words) = (samplesPerShard, MersenneTwister.packedCount)
    let expected = delivered.count.multipliedReportingOverflow(by: samples)
    guard samples > 0, !expected.overflow, documents.count == expected.partialValue,
      generators.count == delivered.count * words
    else { throw CorpusError.stateMismatch(reason: "its arrays have other sizes than it says") }
    rows = try delivered.indices.map { row in
      guard let generator = MersenneTwister(packed: generators[row * words..<(row + 1) * words]) else {
        throw CorpusError.stateMismatch(reason: "row \(row) has no random generator")
      }
      let texts = documents[row * samples..<(row + 1) * samples]
      return ShardRow.State(
        generator: generator, documents: texts.allSatisfy { $0 == -1 } ? [] : texts.map(Int.init),
        delivered: Int(delivered[row]))
    }
  }
}

extension ShardSamplerState: Codable {
  private enum CodingKeys: String, CodingKey {
    case sourceCount, sequenceLength, samplesPerShard, rows
  }

  /// Writes all but the rows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sourceCount, forKey: .sourceCount)
    try container.encode(sequenceLength, forKey: .sequenceLength)
    try container.encode(samplesPerShard, forKey: .samplesPerShard)
  }

  /// Reads also the rows where an older version wrote them here.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    sourceCount = try container.decode(Int.self, forKey: .sourceCount)
    sequenceLength = try container.decode(Int.self, forKey: .sequenceLength)
    samplesPerShard = try container.decode(Int.self, forKey: .samplesPerShard)
    rows = try container.decodeIfPresent([ShardRow.State].self, forKey: .rows) ?? []
  }
}
