import ArgumentParser
import Corpora

/// The texts a language model is trained on.
public struct PretrainDataOptions: ParsableArguments {
  /// Texts read where `--data` is not given.
  public static let defaultData = ["./data/imdb/unsup.json"]

  /// `--data`; default the unlabelled IMDB reviews.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files to train on, CSV, TSV, JSON or text, patterns allowed (default: ./data/imdb/unsup.json).",
      valueName: "file"))
  public var data: [String] = []

  /// `--valid`; default a share of the data.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Validation files, in place of the second share of --split; none: no validation (default: that share).",
      valueName: "file"))
  public var valid: [String] = []

  /// `--test`; default a share of the data.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Test files, in place of the third share of --split; none: no test (default: that share).", valueName: "file"))
  public var test: [String] = []

  /// `--split`; default 100,1,1.
  @Option(
    name: .customLong("split"), parsing: .unconditional,
    help: ArgumentHelp("Shares of --data for training, validation and test.", valueName: "shares"))
  public var splitText = "100,1,1"

  /// `--eval-batch-size`; default 0, by the held-out texts.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Rows worked on together in validation and test; 0: as many as the texts fill, up to 256.", valueName: "rows"))
  public var evalBatchSize = 0

  /// `--eval-text-key`; default `--text-key`.
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

  /// Rows of a batch in validation and test; nil for as many as the texts fill.
  public var resolvedEvalBatchSize: Int? { evalBatchSize == 0 ? nil : evalBatchSize }

  private func makeSelection() throws -> DataSelection {
    try Check.notEmpty("--data", data.contains("") ? "" : nil, "files")
    var selection = DataSelection(
      data: data.isEmpty ? Self.defaultData : FilePattern.expand(data),
      valid: try DataSelection.files("--valid", valid),
      test: try DataSelection.files("--test", test))
    selection.skipsValidation = valid == [DataSelection.noneWord]
    selection.skipsTest = test == [DataSelection.noneWord]
    return selection
  }
}
