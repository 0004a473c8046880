import Corpora

/// The labelled texts of a transfer.
struct TransferTexts {
  let train: Corpus
  let validation: Corpus?
  let test: Corpus?

  /// Reads the files and holds out parts of the training rows where the split says so.
  init(_ configuration: TransferConfiguration) throws {
    let whole = try CorpusReader.read(configuration.data, options: configuration.reading)
    var reading = configuration.reading.withTextKey(configuration.evaluationTextKey)
    if let key = configuration.evaluationLabelKey { reading.labelKeys = [key] }
    // The same name must be the same number in every part.
    reading.classes = .known(whole.classNames)
    var testReading = reading
    if !configuration.scoresTest { testReading.labels = .optional }

    let fractions = try SplitFractions(
      parsing: configuration.split, hasValidation: !configuration.validation.isEmpty,
      hasTest: !configuration.test.isEmpty)
    var generator = MersenneTwister(seed: configuration.seed)
    let parts = try fractions.partition(count: whole.count, generator: &generator)
    train = parts.training.count == whole.count ? whole : whole.subset(parts.training)
    func corpus(_ paths: [String], _ options: ReadingOptions, orElse indices: [Int]) throws -> Corpus? {
      if !paths.isEmpty { return try CorpusReader.read(paths, options: options) }
      return indices.isEmpty ? nil : whole.subset(indices)
    }
    validation = try corpus(configuration.validation, reading, orElse: parts.validation)
    test = try corpus(configuration.test, testReading, orElse: parts.test)
  }

  /// Refuses labels that no regression can be fitted to, before hours are spent on features.
  ///
  /// - Throws: ``AnalysisError/unknownLabel(split:row:label:)``, ``AnalysisError/singleClass(label:rows:)``,
  ///   ``AnalysisError/classCount(names:)``.
  func requireUsableLabels() throws {
    if let names = classNames, names.count != 2 { throw AnalysisError.classCount(names: names) }
    for (name, corpus) in [("training", train), ("validation", validation)] {
      guard let corpus else { continue }
      try requireKnown((corpus.labels.first ?? []).map(Double.init), rows: corpus.count, split: name)
    }
    guard let labels = train.labels.first, let first = labels.first else { return }
    guard labels.contains(where: { $0 != first }) else {
      throw AnalysisError.singleClass(label: Int(first), rows: labels.count)
    }
  }

  /// Texts in all parts.
  var count: Int { train.count + (validation?.count ?? 0) + (test?.count ?? 0) }

  /// The names of the labels 0, 1, …; `nil` when labels are numbers.
  var classNames: [String]? { train.classNames.first.flatMap { $0.isEmpty ? nil : $0 } }

  /// The corpus that predictions are written for: test, else validation, else train.
  var scored: (split: FeatureCache.Split, corpus: Corpus) {
    if let test { return (.test, test) }
    if let validation { return (.validation, validation) }
    return (.train, train)
  }
}
