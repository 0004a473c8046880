import Corpora

/// The training, validation and test texts of a language model.
struct LanguageModelTexts {
  let training: TextStore
  let validation: TextStore?
  let test: TextStore?
  let summary: ReadingSummary

  /// Reads the files and cuts what has none of its own from the training text.
  ///
  /// - Parameter data: the files of the training text.
  init(_ configuration: PretrainingConfiguration, data: [String], generator: inout MersenneTwister) throws {
    let whole = try Self.read(data, configuration.reading, lazily: configuration.isLazy)
    summary = whole.summary
    let fractions = try SplitFractions(
      parsing: configuration.split, hasValidation: !configuration.validation.isEmpty,
      hasTest: !configuration.test.isEmpty)
    let parts = try fractions.partition(count: whole.count, generator: &generator)
    training = parts.training.count == whole.count ? whole.texts : whole.texts.subset(parts.training)
    var reading = configuration.reading
    reading.textKey = configuration.evaluationTextKey ?? reading.textKey
    func texts(_ paths: [String], orElse indices: [Int]) throws -> TextStore? {
      if !paths.isEmpty { return try Self.read(paths, reading, lazily: configuration.isLazy).texts }
      return indices.isEmpty ? nil : whole.texts.subset(indices)
    }
    validation = try texts(configuration.validation, orElse: parts.validation)
    test = try texts(configuration.test, orElse: parts.test)
  }

  private static func read(_ paths: [String], _ options: ReadingOptions, lazily: Bool) throws -> Corpus {
    lazily ? try LazyTextFile.read(paths, options: options) : try CorpusReader.read(paths, options: options)
  }
}
