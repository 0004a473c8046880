/// Batches for training a language model: each row reads its own endless stream of shards, window by window.
///
/// A shard is `samplesPerShard` texts drawn uniformly with replacement and laid end to end, empty ones left out. A window has
/// S + 1 tokens and overlaps the next by one; it never spans two shards. A shard of c tokens has ⌈(c − 1)/S⌉ windows.
public struct ShardSampler: Sendable {
  /// The texts.
  public let source: any TokenSource
  /// Rows of a batch, B.
  public let rows: Int
  /// Steps of a batch, S.
  public let sequenceLength: Int
  /// When the state is reset.
  public let persistence: StatePersistence
  /// Texts of a shard.
  public let samplesPerShard: Int
  /// The seed of each row's generator.
  public let rowSeeds: [UInt32]

  /// What was given out since the sampler was made or restarted.
  public private(set) var delivered: DeliveredTargets

  private var streams: [ShardRow]

  /// A sampler whose row seeds are drawn from `generator`: `rows` numbers in 0 … 999·rows − 1.
  ///
  /// Several loaders, such as those of training, validation and test, share one generator in that order.
  ///
  /// - Throws: `CorpusError.invalidBatch` for a count that is not positive, `CorpusError.noTokens` for no texts.
  public init(
    source: any TokenSource, rows: Int, sequenceLength: Int, persistence: StatePersistence = .perShard,
    samplesPerShard: Int = 100, generator: inout MersenneTwister
  ) throws(CorpusError) {
    guard rows > 0 else { throw .invalidBatch(reason: "the batch size is \(rows); it must be at least 1") }
    try self.init(
      source: source, rowSeeds: Self.rowSeeds(count: rows, generator: &generator), sequenceLength: sequenceLength,
      persistence: persistence, samplesPerShard: samplesPerShard)
  }

  /// A sampler with a generator of its own, seeded with `seed`.
  public init(
    source: any TokenSource, rows: Int, sequenceLength: Int, persistence: StatePersistence = .perShard,
    samplesPerShard: Int = 100, seed: UInt32
  ) throws(CorpusError) {
    var generator = MersenneTwister(seed: seed)
    try self.init(
      source: source, rows: rows, sequenceLength: sequenceLength, persistence: persistence,
      samplesPerShard: samplesPerShard, generator: &generator)
  }

  /// A sampler with one row for each seed, for a worker that takes a slice of the rows of all.
  public init(
    source: any TokenSource, rowSeeds: [UInt32], sequenceLength: Int, persistence: StatePersistence = .perShard,
    samplesPerShard: Int = 100
  ) throws(CorpusError) {
    try CorpusError.requireBatch(rows: rowSeeds.count, sequenceLength: sequenceLength)
    guard samplesPerShard > 0 else {
      throw .invalidBatch(reason: "a shard has \(samplesPerShard) texts; it must have at least 1")
    }
    guard source.count > 0 else { throw .noTokens }
    self.source = source
    self.rowSeeds = rowSeeds
    rows = rowSeeds.count
    self.sequenceLength = sequenceLength
    self.persistence = persistence
    self.samplesPerShard = samplesPerShard
    delivered = DeliveredTargets(byteCounts: source.byteCounts)
    streams = rowSeeds.map(ShardRow.init(seed:))
  }

  /// Draws the seeds of `count` rows, each in 0 … 999·count − 1.
  public static func rowSeeds(count: Int, generator: inout MersenneTwister) -> [UInt32] {
    (0..<count).map { _ in UInt32(truncatingIfNeeded: generator.draw(upTo: count * 999 - 1)) }
  }

  /// The next batch, as a model takes it.
  ///
  /// - Throws: `CorpusError.noTokens` when no text gives a pair of tokens; what the source throws.
  public mutating func nextBatch() throws -> LanguageModelBatch {
    LanguageModelBatch(try nextWindows())
  }

  /// The next batch, row by row.
  ///
  /// Throws as `nextBatch` does.
  public mutating func nextWindows() throws -> WindowBatch {
    var batch = WindowBatch(rows: rows, sequenceLength: sequenceLength)
    for row in 0..<rows {
      var isKnownUsable = false
      while try !streams[row].writeWindow(
        into: &batch, row: row, from: source, persistence: persistence, samplesPerShard: samplesPerShard)
      {
        // An unlucky shard of empty texts is passed; texts that can only give such shards must not loop for ever.
        if !isKnownUsable { guard try hasTokens() else { throw CorpusError.noTokens } }
        isKnownUsable = true
      }
    }
    delivered.add(batch)
    return batch
  }

  /// Starts every row and both counts anew, so that the same batches follow.
  public mutating func restart() {
    streams = rowSeeds.map(ShardRow.init(seed:))
    delivered.reset()
  }

  /// The place in every row's stream.
  public var state: ShardSamplerState {
    ShardSamplerState(
      sourceCount: source.count, sequenceLength: sequenceLength, samplesPerShard: samplesPerShard,
      rows: streams.map(\.state))
  }

  /// Goes on where `state` was taken.
  ///
  /// The sampler is unchanged when this throws.
  ///
  /// - Throws: `CorpusError.stateMismatch` when texts, rows or lengths differ.
  public mutating func restore(_ state: ShardSamplerState) throws {
    try CorpusError.require("the number of texts", state.sourceCount, source.count)
    try CorpusError.require("the batch size", state.rows.count, rows)
    try CorpusError.require("the sequence length", state.sequenceLength, sequenceLength)
    try CorpusError.require("the number of texts a shard", state.samplesPerShard, samplesPerShard)
    let isInRange = state.rows.allSatisfy { row in
      (0...(Int.max / sequenceLength - 2)).contains(row.delivered)
        && row.documents.allSatisfy { $0 >= 0 && $0 < source.count }
    }
    guard isInRange else { throw CorpusError.stateMismatch(reason: "it names texts that do not exist") }
    streams = try state.rows.map { row in
      try ShardRow(resuming: row, source: source, sequenceLength: sequenceLength)
    }
  }

  private func hasTokens() throws -> Bool {
    for index in 0..<source.count {
      let length = try source.tokens(at: index).count
      if length >= 2 || (length == 1 && samplesPerShard >= 2) { return true }
    }
    return false
  }
}
