import Corpora
import Tensors

/// The batches of a pretraining run, or of one shard of it.
struct PretrainingData {
  /// Number of the shard, from 0; 0 also for a run that is not cut in shards.
  let shard: Int
  let summary: ReadingSummary
  let counts: (training: Int, validation: Int, test: Int)
  /// Names the training texts.
  let digest: String
  let tokenizer: any Tokenizer
  /// The training text from its beginning; the task draws from a copy.
  let training: any TrainingSampler
  var validation: HeldOutText?
  var test: HeldOutText?

  /// Reads the texts and seeds the streams.
  ///
  /// - Parameters:
  ///   - makeTokenizer: gives the tokenizer, and may have one trained.
  ///   - observe: is told how far tokens on disk are; what it throws ends the reading.
  init(
    _ configuration: PretrainingConfiguration, sampling: TextSampling, shard: Int, seed: UInt32,
    cleaning: CleaningMethod,
    makeTokenizer: (TokenizerPreparation.Train) throws -> any Tokenizer,
    observe: @escaping (PretrainingEvent) throws -> Void
  ) throws {
    self.shard = shard
    // Every shard has a split and streams of its own; the first has those of a run that is not cut in shards.
    var generator = MersenneTwister(
      seed: UInt32(truncatingIfNeeded: RandomStreams(seed: UInt64(seed)).seed(of: .texts, step: shard)))
    let files = configuration.trainsShardByShard ? [configuration.data[shard]] : configuration.data
    let texts = try LanguageModelTexts(
      configuration, data: files, cleaning: cleaning, generator: &generator, makeTokenizer: makeTokenizer,
      observe: observe)
    summary = texts.summary
    counts = (texts.training.count, texts.validation?.count ?? 0, texts.test?.count ?? 0)
    digest = texts.digest
    tokenizer = texts.tokenizer
    training = try sampling.sampler(
      of: texts.training, rows: configuration.batchSize, sequenceLength: configuration.sequenceLength,
      persistence: configuration.persistence, generator: &generator)
    func heldOut(_ texts: (any TokenSource)?) throws -> HeldOutText? {
      try texts.map {
        try HeldOutText(
          $0, rows: configuration.evaluationBatchSize, sequenceLength: configuration.evaluationSequenceLength,
          batches: configuration.evaluationBatches)
      }
    }
    validation = try heldOut(texts.validation)
    test = try heldOut(texts.test)
  }
}
