import Analysis
import ArgumentParser
import Configuration
import Corpora
import Training

/// What the texts that a command trains on are: the same options with other defaults.
public protocol TrainingDataKind {
  /// Files read where `--data` is not given; those for validation and test belong to these alone.
  static var defaultSelection: DataSelection { get }
  /// Shares of training, validation and test.
  static var defaultSplit: String { get }
  /// Whether `none` for `--valid` and `--test` also switches off their shares of the data.
  static var noneSwitchesSharesOff: Bool { get }
  /// Help of `--data`, `--valid`, `--test` and `--split`.
  static var help: (data: String, valid: String, test: String, split: String, evaluationRows: String) { get }
}

/// The texts that a command trains on, holds out and tests on.
public struct TrainingDataOptions<Kind: TrainingDataKind>: ParsableArguments {
  /// `--data`.
  @Option(parsing: .upToNextOption, help: ArgumentHelp("\(Kind.help.data)", valueName: "file"))
  public var data: [String] = []

  /// `--valid`.
  @Option(parsing: .upToNextOption, help: ArgumentHelp("\(Kind.help.valid)", valueName: "file"))
  public var valid: [String] = []

  /// `--test`.
  @Option(parsing: .upToNextOption, help: ArgumentHelp("\(Kind.help.test)", valueName: "file"))
  public var test: [String] = []

  /// `--split`.
  @Option(
    name: .customLong("split"), parsing: .unconditional,
    help: ArgumentHelp("\(Kind.help.split)", valueName: "shares"))
  public var splitText = Kind.defaultSplit

  /// `--eval-batch-size`; default 0, what is usual for the texts.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Rows worked on together in validation and test; 0: \(Kind.help.evaluationRows).", valueName: "rows"))
  public var evalBatchSize = 0

  /// `--eval-text-key`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the text in validation and test files (default: as --text-key).", valueName: "name"))
  public var evalTextKey: String?

  /// How files are read.
  @OptionGroup public var reader: ReaderOptions

  /// The options at their defaults.
  public init() {}

  /// Checks files, shares and sizes.
  public mutating func validate() throws {
    _ = try makeSelection()
    _ = try SplitText.proportions(splitText)
    try Check.range("--eval-batch-size", evalBatchSize, 0...SizeLimits.batchRows.upperBound, "rows")
    try Check.notEmpty("--eval-text-key", evalTextKey, "a column or key")
  }

  /// The files to read, after defaults.
  public var selection: DataSelection {
    (try? makeSelection()) ?? DataSelection(data: data)
  }

  /// The numbers of `--split`: one to any count, not yet normalised.
  public var splitProportions: [Double] {
    (try? SplitText.proportions(splitText)) ?? [1]
  }

  /// Rows of a batch in validation and test; nil where nothing was asked for.
  private var wantedEvalBatchSize: Int? { evalBatchSize == 0 ? nil : evalBatchSize }

  private func makeSelection() throws -> DataSelection {
    try Check.notEmpty("--data", data.contains("") ? "" : nil, "files")
    var selection = data.isEmpty ? Kind.defaultSelection : DataSelection(data: FilePattern.expand(data))
    if !valid.isEmpty { selection.valid = try DataSelection.files("--valid", valid) }
    if !test.isEmpty { selection.test = try DataSelection.files("--test", test) }
    if Kind.noneSwitchesSharesOff {
      selection.skipsValidation = valid == [DataSelection.noneWord]
      selection.skipsTest = test == [DataSelection.noneWord]
    }
    return selection
  }
}

/// Texts that a language model is trained on: parts that no files are named for are shares of the data.
public enum LanguageModelData: TrainingDataKind {
  /// The unlabelled reviews of IMDB.
  public static let defaultSelection = DataSelection(data: ["./data/imdb/unsup.json"])
  /// As ``PretrainingConfiguration/split``.
  public static let defaultSplit = PretrainingConfiguration.defaults.split
  /// Nothing is evaluated then.
  public static let noneSwitchesSharesOff = true
  /// Help for texts without labels.
  public static let help = (
    data: "Files to train on, CSV, TSV, JSON or text, patterns such as 'part-*.csv.gz' allowed, - for standard input "
      + "(default: ./data/imdb/unsup.json).",
    valid: "Validation files, in place of the second share of --split; none: no validation (default: that share).",
    test: "Test files, in place of the third share of --split; none: no test (default: that share).",
    split: "Shares of --data for training, validation and test.",
    evaluationRows: "as many as the texts fill, up to 256"
  )
}

/// Labelled texts that a classifier is fitted to.
///
/// The Stanford sentiment files are defaults of `--data`, `--valid` and `--test` together: once `--data` is given, the
/// other two default to none.
public enum LabelledData: TrainingDataKind {
  /// Binary SST.
  public static let defaultSelection = DataSelection(
    data: ["data/binary_sst/train.csv"], valid: ["data/binary_sst/val.csv"], test: ["data/binary_sst/test.csv"])
  /// As ``TransferConfiguration/split``.
  public static let defaultSplit = TransferConfiguration.defaults.split
  /// A part without files is what the split says.
  public static let noneSwitchesSharesOff = false
  /// Help for labelled texts.
  public static let help = (
    data: "Training files, CSV, TSV, JSON or text, patterns such as 'part-*.csv.gz' allowed, - for standard input "
      + "(default: data/binary_sst/train.csv).",
    valid: "Validation files; none for no files (default: data/binary_sst/val.csv without --data, else none).",
    test: "Test files; none for no files (default: data/binary_sst/test.csv without --data, else none).",
    split: "Shares of --data for training, validation and test; a file given for a part replaces its share.",
    evaluationRows: "as --batch-size"
  )
}

extension TrainingDataOptions<LanguageModelData> {
  func apply(to run: inout PretrainingConfiguration) {
    let files = selection
    run.data = files.data
    run.validation = files.validation
    run.test = files.testing
    run.split = splitText
    run.reading = reader.readingOptions(of: files, labels: .ignored)
    run.evaluationTextKey = evalTextKey
    run.cleaning = reader.cleaning
    run.batchSize = reader.batchSize
    run.evaluationBatchSize = wantedEvalBatchSize
  }
}

extension TrainingDataOptions<LabelledData> {
  func apply(to run: inout TransferConfiguration, labelKey: String) {
    let files = selection
    run.data = files.data
    run.validation = files.valid
    run.test = files.test
    run.split = splitText
    run.reading = reader.readingOptions(of: files, labelKeys: [labelKey], labels: .required)
    run.evaluationTextKey = evalTextKey
    run.cleaning = reader.cleaning
    run.batchSize = reader.batchSize
    run.evaluationBatchSize = wantedEvalBatchSize ?? reader.batchSize
  }
}
