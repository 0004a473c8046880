/// One row's endless stream of shards.
///
/// A shard is a number of texts drawn uniformly with replacement, laid end to end. Texts become tokens only when the windows
/// reach them, so that a row holds little more than one text.
struct ShardRow: Sendable {
  /// What it takes to go on with a row.
  struct State: Sendable, Codable, Equatable {
    /// The generator as it is after the shard's draws.
    var generator: MersenneTwister
    /// Texts of the current shard, in order; empty before the first.
    var documents: [Int] = []
    /// Windows of the current shard that have been delivered.
    var delivered = 0
  }

  private(set) var state: State
  /// The shard's tokens as far as they have been read.
  private var waiting = WaitingTokens()
  /// How many of the shard's texts have been read.
  private var documentsRead = 0

  init(seed: UInt32) { state = State(generator: MersenneTwister(seed: seed)) }

  /// A row that goes on from a saved state.
  init(resuming state: State, source: some TokenSource, sequenceLength: Int) throws {
    self.state = state
    let passed = state.delivered * sequenceLength
    try read(upTo: passed + 1, from: source)
    // Every window that was delivered had at least two tokens.
    guard state.delivered == 0 || waiting.count >= passed - sequenceLength + 2 else {
      throw CorpusError.stateMismatch(reason: "its texts are shorter than they were")
    }
    waiting.drop(passed)
  }

  /// Writes the next window into row `row` of a batch; false when the shard just drawn holds no pair of tokens.
  mutating func writeWindow(
    into batch: inout WindowBatch, row: Int, from source: some TokenSource, persistence: StatePersistence,
    samplesPerShard: Int
  ) throws -> Bool {
    let length = batch.sequenceLength
    try read(upTo: length + 1, from: source)
    if waiting.count < 2 {
      drawShard(from: source.count, samples: samplesPerShard)
      try read(upTo: length + 1, from: source)
      guard waiting.count >= 2 else { return false }
    }
    let isFirst = state.delivered == 0
    waiting.writeWindow(into: &batch, row: row) { time, startsText in
      switch persistence {
      case .never: false
      case .perText: startsText
      case .perShard: time == 0 && isFirst
      }
    }
    waiting.drop(length)
    state.delivered += 1
    return true
  }

  private mutating func drawShard(from count: Int, samples: Int) {
    state.documents = (0..<samples).map { _ in state.generator.draw(upTo: count - 1) }
    state.delivered = 0
    documentsRead = 0
    waiting.drop(waiting.count)
  }

  /// Reads texts of the shard until `wanted` tokens are there or the shard ends.
  private mutating func read(upTo wanted: Int, from source: some TokenSource) throws {
    while waiting.count < wanted, documentsRead < state.documents.count {
      waiting.append(try source.tokens(at: state.documents[documentsRead]))
      documentsRead += 1
    }
  }
}
