import Analysis
import Checkpoints
import Corpora

/// Shows how a command would read and clean its files, in place of the work.
public struct DryRun {
  private let selection: DataSelection
  private let reading: ReadingOptions
  private let evaluation: ReadingOptions
  private let cleaning: CleaningMethod?
  private let checkpoint: String?
  private let split: String?
  private let usesRecordedLabelMap: Bool
  private let checksLabels: (BinaryLabels.Part) -> Bool

  /// Prepares a dry run; nothing is read yet.
  ///
  /// - Parameters:
  ///   - selection: The files.
  ///   - reading: How `--data` is read.
  ///   - evaluation: How `--valid` and `--test` are read; `nil` for the same way.
  ///   - cleaning: How texts are cleaned; `nil` for what the checkpoint says.
  ///   - checkpoint: The checkpoint that would be loaded.
  ///   - split: Proportions of training, validation and test, where the command splits.
  ///   - usesRecordedLabelMap: Whether labels are mapped as the classifier's were, where no map was given.
  ///   - checksLabels: Whether the labels of a part are refused as a transfer refuses them.
  public init(
    reading selection: DataSelection, _ reading: ReadingOptions, evaluation: ReadingOptions? = nil,
    cleaning: CleaningMethod?, checkpoint: String?, split: String? = nil, usesRecordedLabelMap: Bool = true,
    checksLabels: @escaping (BinaryLabels.Part) -> Bool = { _ in false }
  ) {
    self.selection = selection
    self.reading = reading
    self.evaluation = evaluation ?? reading
    self.cleaning = cleaning
    self.checkpoint = checkpoint
    self.split = split
    self.usesRecordedLabelMap = usesRecordedLabelMap
    self.checksLabels = checksLabels
  }

  /// Reads everything and writes what was found to standard output.
  ///
  /// - Throws: `CorpusError` and `CheckpointError`, as the command itself would.
  public func run() throws {
    let card = try checkpoint.map { try ModelFile.readCard($0) }
    let cleaning = cleaning ?? card?.cleaning ?? .processString
    var reading = reading
    // A classifier knows what the labels were called; where it does not, they are numbers.
    if let classifier = card?.classifier, split == nil {
      reading.classes = classifier.classNames.map { .known([$0]) } ?? .numbers
      if usesRecordedLabelMap { reading.labelMap = reading.labelMap ?? classifier.labelMap?.acceptingClasses }
    }
    let data = try DefaultData.explainingMissingFiles {
      try ReadableOnce.refuseRepeated(selection.data + selection.valid + selection.test)
      return try CorpusPreview(selection.data, options: reading)
    }
    try write(PreviewText.lines(data, name: "data", cleaning: cleaning))
    try checkLabels(of: data, .training)
    var evaluation = evaluation
    evaluation.classes = split == nil ? reading.classes : .known(data.classNames)
    let others: [(String, BinaryLabels.Part, [String])] = [
      ("valid", .validation, selection.valid), ("test", .test, selection.test),
    ]
    for (name, part, paths) in others where !paths.isEmpty {
      let preview = try DefaultData.explainingMissingFiles { try CorpusPreview(paths, options: evaluation) }
      try write(PreviewText.lines(preview, name: name, cleaning: cleaning))
      try checkLabels(of: preview, part)
    }
    if let split {
      let fractions = try SplitFractions(
        parsing: split, hasValidation: selection.validation != .share, hasTest: selection.testing != .share)
      var generator = MersenneTwister(seed: 1)
      let parts = try fractions.partition(count: data.rowCount, generator: &generator)
      try write([
        "split \(split) of data: \(TextFormat.counted(parts.training.count, "row")) for training, "
          + "\(TextFormat.count(parts.validation.count)) for validation, \(TextFormat.count(parts.test.count)) for test"
      ])
    }
  }

  private func checkLabels(of preview: CorpusPreview, _ part: BinaryLabels.Part) throws {
    guard checksLabels(part), let labels = preview.labels.first else { return }
    try BinaryLabels.require(labels.tally, of: part)
  }

  private func write(_ lines: [String]) throws {
    for line in lines { try Console.standardOutput.writeLine(line) }
  }
}
