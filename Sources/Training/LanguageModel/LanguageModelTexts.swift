import Corpora
import Tensors

/// The training, validation and test texts of a language model as tokens, and what cuts them.
struct LanguageModelTexts {
  let training: any TokenSource
  let validation: (any TokenSource)?
  let test: (any TokenSource)?
  let tokenizer: any Tokenizer
  let summary: ReadingSummary
  /// Names the training texts.
  let digest: String

  /// Reads the files, gets or trains the tokenizer, and cuts what has no files of its own from the training text.
  ///
  /// - Parameters:
  ///   - data: the files of the training text.
  ///   - makeTokenizer: gives the tokenizer, and may have one trained.
  init(
    _ configuration: PretrainingConfiguration, data: [String], cleaning: CleaningMethod,
    generator: inout MersenneTwister, makeTokenizer: (TokenizerPreparation.Train) throws -> any Tokenizer,
    observe: @escaping (PretrainingEvent) throws -> Void
  ) throws {
    try Self.requireReadable(configuration)
    let reader = TextReader(configuration, cleaning: cleaning, observe: observe)
    let whole: any TokenSource
    var held: TextStore?
    func trainOnFiles(
      _ training: SentencePieceTraining, _ observe: (SentencePieceTraining.Progress) throws -> Void
    ) throws -> SentencePieceTokenizer {
      try training.train(
        onFiles: configuration.data, options: configuration.reading, cleaning: cleaning, observe: observe)
    }
    if configuration.isLazy {
      tokenizer = try makeTokenizer(trainOnFiles)
      (whole, summary) = try reader.read(data, configuration.reading, tokenizer)
    } else {
      let corpus = try CorpusReader.read(data, options: configuration.reading)
      tokenizer = try makeTokenizer {
        // A shard is only a part of what the tokenizer is for.
        configuration.trainsShardByShard
          ? try trainOnFiles($0, $1) : try $0.train(on: corpus.texts, cleaning: cleaning, observe: $1)
      }
      whole = CleanedTexts(corpus.texts, cleaning: cleaning, tokenizer: tokenizer)
      summary = corpus.summary
      held = corpus.texts
    }
    let fractions = try SplitFractions(
      parsing: configuration.split, hasValidation: configuration.validation != .share,
      hasTest: configuration.test != .share)
    let parts = try fractions.choices(count: whole.count, generator: &generator)
    func part(_ choice: ChosenTokens.Choice?) -> (any TokenSource)? {
      choice.map { $0.count == whole.count ? whole : ChosenTokens(whole, $0) }
    }
    guard let choice = parts.training, let trained = part(choice) else { throw CorpusError.noTokens }
    training = trained
    digest = try held.map { TextDigest.of($0, choice) } ?? TextDigest.sampling(trained)
    let reading = configuration.reading.withTextKey(configuration.evaluationTextKey)
    let tokenizer = tokenizer
    func texts(_ held: HeldOutChoice, share: ChosenTokens.Choice?) throws -> (any TokenSource)? {
      switch held {
      case .share: part(share)
      case .files(let paths): try reader.read(paths, reading, tokenizer).source
      case .none: nil
      }
    }
    validation = try texts(configuration.validation, share: parts.validation)
    test = try texts(configuration.test, share: parts.test)
  }

  /// Refuses, before anything is opened, what would have to be read more often than it can be.
  private static func requireReadable(_ configuration: PretrainingConfiguration) throws {
    let paths = [configuration.validation, configuration.test].reduce(into: configuration.data) { paths, held in
      if case .files(let files) = held { paths += files }
    }
    if configuration.isLazy {
      try ReadableOnce.refuse(paths, because: "texts that stay on disk are read again and again")
    }
    if configuration.trainsShardByShard {
      try ReadableOnce.refuse(configuration.data, because: "shards are read in turn, again and again")
    }
    try ReadableOnce.refuseRepeated(paths)
  }
}

/// Reads files into memory, or has their tokens made on disk.
private struct TextReader {
  private let configuration: PretrainingConfiguration
  private let cleaning: CleaningMethod
  private let observe: (PretrainingEvent) throws -> Void

  init(
    _ configuration: PretrainingConfiguration, cleaning: CleaningMethod,
    observe: @escaping (PretrainingEvent) throws -> Void
  ) {
    self.configuration = configuration
    self.cleaning = cleaning
    self.observe = observe
  }

  func read(
    _ paths: [String], _ options: ReadingOptions, _ tokenizer: any Tokenizer
  ) throws -> (source: any TokenSource, summary: ReadingSummary) {
    guard configuration.isLazy else {
      let corpus = try CorpusReader.read(paths, options: options)
      return (CleanedTexts(corpus.texts, cleaning: cleaning, tokenizer: tokenizer), corpus.summary)
    }
    let corpus = try LazyCorpus(
      paths, options: options, cleaning: cleaning, tokenizer: tokenizer,
      threads: configuration.threads ?? Engine.threadCount
    ) { try observe(.preparingTexts($0)) }
    return (corpus.source, corpus.summary)
  }
}
