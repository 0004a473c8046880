/// How the texts that a language model is trained on follow one another.
public enum TextSampling: String, Sendable, Codable, CaseIterable {
  /// Each text once a pass, every pass in another order.
  case shuffled
  /// Shards of texts drawn with replacement, a stream of them for each row.
  case shards
}

/// Endless batches to train a language model on.
public protocol TrainingSampler: Sendable {
  /// What the targets of the batches given out amount to.
  var delivered: DeliveredTargets { get }

  /// The next batch.
  ///
  /// - Throws: `CorpusError.noTokens` when no text gives a pair of tokens; what the texts throw.
  mutating func nextTrainingBatch() throws -> LanguageModelBatch?

  /// The place in the texts.
  var trainingState: SamplerState? { get }

  /// Goes on where `state` was taken.
  ///
  /// The sampler is unchanged when this throws.
  ///
  /// - Throws: `CorpusError.stateMismatch` when sampling, texts, rows or lengths differ.
  mutating func restore(_ state: SamplerState) throws
}

extension TextSampling {
  /// A sampler of this kind.
  ///
  /// - Parameter generator: seeds it.
  /// - Throws: `CorpusError.invalidBatch` for a size that is not positive, `CorpusError.noTokens` for no texts.
  public func sampler(
    of source: any TokenSource, rows: Int, sequenceLength: Int, persistence: StatePersistence,
    generator: inout MersenneTwister
  ) throws(CorpusError) -> any TrainingSampler {
    switch self {
    case .shuffled:
      try PackedSampler(
        training: source, rows: rows, sequenceLength: sequenceLength, persistence: persistence, generator: &generator)
    case .shards:
      try ShardSampler(
        source: source, rows: rows, sequenceLength: sequenceLength, persistence: persistence, generator: &generator)
    }
  }
}

extension ShardSampler: TrainingSampler {
  /// The next window of each row.
  public mutating func nextTrainingBatch() throws -> LanguageModelBatch? { try nextBatch() }

  /// The place in every row's stream.
  public var trainingState: SamplerState? { .shards(state) }

  /// Goes on in every row's stream.
  public mutating func restore(_ state: SamplerState) throws {
    guard case .shards(let state) = state else { throw CorpusError.otherSampling }
    try restore(state)
  }
}

extension PackedSampler: TrainingSampler {
  /// The next window of each row.
  public mutating func nextTrainingBatch() throws -> LanguageModelBatch? { try nextBatch() }

  /// The place of every row in its text.
  public var trainingState: SamplerState? { state.map(SamplerState.shuffled) }

  /// Goes on in every row's text.
  public mutating func restore(_ state: SamplerState) throws {
    guard case .shuffled(let state) = state else { throw CorpusError.otherSampling }
    try restore(state)
  }
}

extension CorpusError {
  static var otherSampling: CorpusError { .stateMismatch(reason: "its texts were sampled in another way") }

  /// Refuses a state that has a number different from what is here.
  static func require(_ what: String, _ saved: Int, _ here: Int) throws(CorpusError) {
    guard saved == here else { throw .stateMismatch(reason: "\(what) was \(saved) and is \(here)") }
  }

  /// Refuses sizes of a batch that are not positive.
  static func requireBatch(rows: Int, sequenceLength: Int) throws(CorpusError) {
    guard rows > 0 else { throw .invalidBatch(reason: "the batch size is \(rows); it must be at least 1") }
    guard sequenceLength > 0 else {
      throw .invalidBatch(reason: "the sequence length is \(sequenceLength); it must be at least 1")
    }
  }
}
