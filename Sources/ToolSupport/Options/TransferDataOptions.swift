import ArgumentParser
import Corpora

/// The labelled texts a classifier is fitted on.
///
/// The Stanford sentiment files are defaults of `--data`, `--valid` and `--test` together: once `--data` is given, the
/// other two default to none.
public struct TransferDataOptions: ParsableArguments {
  /// Files read where `--data` is not given.
  public static let defaultSelection = DataSelection(
    data: ["data/binary_sst/train.csv"], valid: ["data/binary_sst/val.csv"], test: ["data/binary_sst/test.csv"])

  /// `--data`; default the training part of binary SST.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Training files, CSV, TSV, JSON or text, patterns allowed (default: data/binary_sst/train.csv).",
      valueName: "file"))
  public var data: [String] = []

  /// `--valid`; default the validation part of binary SST when `--data` is not given, else none.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Validation files; none for no files (default: data/binary_sst/val.csv without --data, else none).",
      valueName: "file"))
  public var valid: [String] = []

  /// `--test`; default the test part of binary SST when `--data` is not given, else none.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Test files; none for no files (default: data/binary_sst/test.csv without --data, else none).",
      valueName: "file"))
  public var test: [String] = []

  /// `--split`; default 1., no split.
  @Option(
    name: .customLong("split"), parsing: .unconditional,
    help: ArgumentHelp(
      "Shares of --data for training, validation and test; a file given for a part replaces its share.",
      valueName: "shares"))
  public var splitText = "1."

  /// `--label-key`; default label.
  @Option(parsing: .unconditional, help: ArgumentHelp("Column or key of the label, 0 or 1.", valueName: "name"))
  public var labelKey = "label"

  /// Which labels become which class.
  @OptionGroup public var labelMap: LabelMapOptions

  /// `--eval-batch-size`; default 0, as `--batch-size`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Rows worked on together in validation and test; 0: as --batch-size.", valueName: "rows"))
  public var evalBatchSize = 0

  /// `--eval-text-key`; default `--text-key`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the text in validation and test files (default: as --text-key).", valueName: "name"))
  public var evalTextKey: String?

  /// `--eval-label-key`; default `--label-key`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the label in validation and test files (default: as --label-key).", valueName: "name"))
  public var evalLabelKey: String?

  /// How files are read.
  @OptionGroup public var reader: ReaderOptions

  /// The options at their defaults.
  public init() {}

  /// Checks files, shares, names and sizes.
  public mutating func validate() throws {
    _ = try makeSelection()
    _ = try SplitText.proportions(splitText)
    try Check.range("--eval-batch-size", evalBatchSize, 0...SizeLimits.batchRows.upperBound, "rows")
    if let map = labelMap.map, !map.namesBothClasses {
      throw ValidationError("--label-map must say for both classes which labels become them, for example 1,2=0 4,5=1.")
    }
    try Check.notEmpty("--label-key", labelKey, "a column or key")
    for (text, label) in [(reader.textKey, labelKey), (evalTextKey ?? reader.textKey, evalLabelKey ?? labelKey)]
    where text == label {
      throw ValidationError("--text-key and --label-key cannot both be '\(text)'; name the column of the labels.")
    }
    try Check.notEmpty("--eval-text-key", evalTextKey, "a column or key")
    try Check.notEmpty("--eval-label-key", evalLabelKey, "a column or key")
  }

  /// The files to read, after defaults.
  public var selection: DataSelection {
    (try? makeSelection()) ?? DataSelection(data: data)
  }

  /// The numbers of `--split`: one to any count, not yet normalised.
  public var splitProportions: [Double] {
    (try? SplitText.proportions(splitText)) ?? [1]
  }

  /// Rows of a batch in validation and test.
  public var resolvedEvalBatchSize: Int { evalBatchSize == 0 ? reader.batchSize : evalBatchSize }

  private func makeSelection() throws -> DataSelection {
    try Check.notEmpty("--data", data.contains("") ? "" : nil, "files")
    var selection = data.isEmpty ? Self.defaultSelection : DataSelection(data: FilePattern.expand(data))
    if !valid.isEmpty { selection.valid = try DataSelection.files("--valid", valid) }
    if !test.isEmpty { selection.test = try DataSelection.files("--test", test) }
    return selection
  }
}
