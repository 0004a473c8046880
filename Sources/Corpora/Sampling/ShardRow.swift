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
  /// Tokens of the shard as far as they have been read; those before `head` have been delivered.
  private var tokens: [Int32] = []
  /// For each of `tokens` whether it starts a text.
  private var startsText: [Bool] = []
  private var head = 0
  /// How many of the shard's texts have been read.
  private var documentsRead = 0

  init(seed: UInt32) { state = State(generator: MersenneTwister(seed: seed)) }

  /// A row that goes on from a saved state.
  init(resuming state: State, source: some TokenSource, sequenceLength: Int) throws {
    self.state = state
    let passed = state.delivered * sequenceLength
    try read(upTo: passed + 1, from: source)
    // Every window that was delivered had at least two tokens.
    guard state.delivered == 0 || tokens.count >= passed - sequenceLength + 2 else {
      throw CorpusError.stateMismatch(reason: "its texts are shorter than they were")
    }
    drop(passed)
  }

  /// Writes the next window into row `row` of a batch; false when the shard just drawn holds no pair of tokens.
  mutating func writeWindow(
    into batch: inout ShardBatch, row: Int, from source: some TokenSource, persistence: StatePersistence,
    samplesPerShard: Int
  ) throws -> Bool {
    let length = batch.sequenceLength
    try read(upTo: length + 1, from: source)
    if waiting < 2 {
      drawShard(from: source.count, samples: samplesPerShard)
      try read(upTo: length + 1, from: source)
      guard waiting >= 2 else { return false }
    }
    let real = min(waiting, length + 1)
    let start = row * (length + 1)
    for time in 0..<real {
      batch.tokens[start + time] = tokens[head + time]
      batch.lossMask[start + time] = time < real - 1 ? 1 : 0
      let isReset =
        switch persistence {
        case .never: false
        case .perText: startsText[head + time]
        case .perShard: time == 0 && state.delivered == 0
        }
      batch.resetMask[start + time] = isReset ? 1 : 0
    }
    drop(length)
    state.delivered += 1
    return true
  }

  /// Tokens that have been read and not delivered.
  private var waiting: Int { tokens.count - head }

  private mutating func drawShard(from count: Int, samples: Int) {
    state.documents = (0..<samples).map { _ in state.generator.draw(upTo: count - 1) }
    state.delivered = 0
    documentsRead = 0
    drop(waiting)
  }

  /// Reads texts of the shard until `wanted` tokens are there or the shard ends.
  private mutating func read(upTo wanted: Int, from source: some TokenSource) throws {
    while waiting < wanted, documentsRead < state.documents.count {
      let text = try source.tokens(at: state.documents[documentsRead])
      documentsRead += 1
      guard !text.isEmpty else { continue }
      startsText.append(true)
      startsText.append(contentsOf: repeatElement(false, count: text.count - 1))
      tokens.append(contentsOf: text)
    }
  }

  private mutating func drop(_ count: Int) {
    head += min(count, waiting)
    // Moving what is left only when half is done with keeps long texts from being moved at every window.
    guard head * 2 >= tokens.count else { return }
    tokens.removeFirst(head)
    startsText.removeFirst(head)
    head = 0
  }
}
