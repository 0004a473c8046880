import Corpora
import Tensors

/// The labelled texts of a transfer.
struct TransferTexts {
  let train: Corpus
  let validation: Corpus?
  let test: Corpus?
  /// Labels of the rows of `--data` before any were held out.
  private let wholeLabels: LabelTally?
  /// What was read of the files of each part.
  private let summaries: [ReadingSummary]

  /// Reads the files and holds out parts of the training rows where the split says so.
  init(_ configuration: TransferConfiguration) throws {
    try ReadableOnce.refuseRepeated(configuration.data + configuration.validation + configuration.test)
    let whole = try CorpusReader.read(configuration.data, options: configuration.reading)
    wholeLabels = whole.labelTallies.first
    var reading = configuration.reading.withTextKey(configuration.evaluationTextKey)
    if let key = configuration.evaluationLabelKey { reading.labelKeys = [key] }
    // The same name must be the same number in every part.
    reading.classes = .known(whole.classNames)
    var testReading = reading
    if !configuration.scoresTest { testReading.labels = .optional }

    let fractions = try SplitFractions(
      parsing: configuration.split, hasValidation: !configuration.validation.isEmpty,
      hasTest: !configuration.test.isEmpty)
    var generator = MersenneTwister(
      seed: UInt32(truncatingIfNeeded: RandomStreams(seed: UInt64(configuration.seed)).seed(of: .texts)))
    let parts = try fractions.partition(count: whole.count, generator: &generator)
    train = parts.training.count == whole.count ? whole : whole.subset(parts.training)
    func corpus(_ paths: [String], _ options: ReadingOptions, orElse indices: [Int]) throws -> Corpus? {
      if !paths.isEmpty { return try CorpusReader.read(paths, options: options) }
      return indices.isEmpty ? nil : whole.subset(indices)
    }
    validation = try corpus(configuration.validation, reading, orElse: parts.validation)
    test = try corpus(configuration.test, testReading, orElse: parts.test)
    // A part that was held out has the summary of the rows that it came from.
    summaries =
      [whole.summary]
      + [configuration.validation.isEmpty ? nil : validation, configuration.test.isEmpty ? nil : test]
      .compactMap { $0?.summary }
  }

  /// Refuses labels that no regression can be fitted to or scored by, before hours are spent on features.
  ///
  /// - Throws: ``AnalysisError/unusableLabels(split:found:)``, ``AnalysisError/singleClass(label:rows:)``.
  func requireUsableLabels(scoringTest: Bool) throws {
    if let wholeLabels { try BinaryLabels.require(wholeLabels, of: .training) }
    if let labels = train.labelTallies.first { try BinaryLabels.require(labels, of: .training) }
    if let labels = validation?.labelTallies.first { try BinaryLabels.require(labels, of: .validation) }
    if scoringTest, let labels = test?.labelTallies.first { try BinaryLabels.require(labels, of: .test) }
  }

  /// Why the test rows cannot be scored; nil when they can, or when there are none.
  var testRefusal: String? {
    guard let labels = test?.labelTallies.first, labels.unknown > 0 else { return nil }
    return "\(labels.unknown) of \(labels.unknown + labels.known) test rows have no known label"
  }

  /// Rows of all files that were left out.
  var rowsSkipped: Int { summaries.reduce(0) { $0 + $1.rowsSkipped } }

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
