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

  /// Targets that count in the batches given out since the sampler was made or restarted.
  public private(set) var targetsDelivered = 0
  /// Bytes of text that those targets stand for.
  public private(set) var bytesDelivered = 0

  private var streams: [ShardRow]
  private let byteCounts: [Int32]?

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
    guard !rowSeeds.isEmpty else { throw .invalidBatch(reason: "the batch size is 0; it must be at least 1") }
    guard sequenceLength > 0 else {
      throw .invalidBatch(reason: "the sequence length is \(sequenceLength); it must be at least 1")
    }
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
    byteCounts = source.byteCounts
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
  public mutating func nextWindows() throws -> ShardBatch {
    var batch = ShardBatch(rows: rows, sequenceLength: sequenceLength)
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
    count(batch)
    return batch
  }

  /// Starts every row and both counts anew, so that an evaluation sees the same batches each time.
  public mutating func restart() {
    streams = rowSeeds.map(ShardRow.init(seed:))
    (targetsDelivered, bytesDelivered) = (0, 0)
  }

  /// Bytes of text that a target of the batches given out stands for, on average; `nil` while that is not known.
  ///
  /// A loss a token divided by it is a loss a byte.
  public var bytesPerTarget: Double? {
    if byteCounts == nil { return 1 }
    return bytesDelivered > 0 ? Double(bytesDelivered) / Double(targetsDelivered) : nil
  }

  private mutating func count(_ batch: ShardBatch) {
    var (targets, bytes) = (0, 0)
    for place in batch.lossMask.indices where batch.lossMask[place] > 0 {
      targets += 1
      if let byteCounts { bytes += Int(byteCounts[Int(batch.tokens[place + 1])]) }
    }
    targetsDelivered += targets
    bytesDelivered += byteCounts == nil ? targets : bytes
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
    func require(_ isSame: Bool, _ what: String, _ saved: Int, _ here: Int) throws(CorpusError) {
      guard isSame else { throw .stateMismatch(reason: "\(what) was \(saved) and is \(here)") }
    }
    try require(state.sourceCount == source.count, "the number of texts", state.sourceCount, source.count)
    try require(state.rows.count == rows, "the batch size", state.rows.count, rows)
    try require(
      state.sequenceLength == sequenceLength, "the sequence length", state.sequenceLength, sequenceLength)
    try require(
      state.samplesPerShard == samplesPerShard, "the number of texts a shard", state.samplesPerShard,
      samplesPerShard)
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
