import Analysis
import ArgumentParser
import Corpora

/// The texts a classifier is applied to.
public struct ClassifyDataOptions: ParsableArguments {
  /// Files read where `--data` is not given.
  public static let defaultData = ["data/binary_sst/test.csv"]

  /// `--data`; default the test part of binary SST.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files to classify, CSV, TSV, JSON or text, patterns allowed (default: data/binary_sst/test.csv).",
      valueName: "file"))
  public var data: [String] = []

  /// `--label-key`; default `label` where the files have it, else no labels.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the true label, for scores (default: label where the files have it).", valueName: "name"))
  public var labelKey: String?

  /// Which labels become which class.
  @OptionGroup public var labelMap: LabelMapOptions

  /// `--non-binary-cols`; default none.
  @Option(
    name: .customLong("non-binary-cols"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Columns or keys of several true labels, in place of --label-key (default: none).", valueName: "name"))
  public var labelColumns: [String] = []

  /// `--id-key`; default none.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key that tables repeat in front of their own, so that answers can be joined; in plain text the line's "
        + "number under this name (default: none).", valueName: "name"))
  public var idKey: String?

  /// How files are read.
  @OptionGroup public var reader: ReaderOptions

  /// The options at their defaults.
  public init() {}

  /// Checks files and names.
  public mutating func validate() throws {
    try Check.notEmpty("--data", data.contains("") ? "" : nil, "files")
    try Check.notEmpty("--label-key", labelKey, "a column or key")
    for key in requiresLabels ? labelKeys : [] where key == reader.textKey {
      throw ValidationError("--text-key and the labels cannot both be '\(key)'; name the column of the labels.")
    }
    try Check.notEmpty("--id-key", idKey, "a column or key")
    try Check.notEmpty("--non-binary-cols", labelColumns.contains("") ? "" : nil, "columns or keys")
  }

  /// The files to read, after defaults.
  public var selection: DataSelection {
    DataSelection(data: data.isEmpty ? Self.defaultData : FilePattern.expand(data))
  }

  /// The columns or keys of the labels; none where the texts are in the column that would be looked at by itself.
  public var labelKeys: [String] {
    if !labelColumns.isEmpty { return labelColumns }
    return labelKey.map { [$0] } ?? (reader.textKey == "label" && !labelMap.isGiven ? [] : ["label"])
  }

  /// Whether a missing label column is an error: only when its name, or what to make of its labels, was typed.
  public var requiresLabels: Bool { labelKey != nil || !labelColumns.isEmpty || labelMap.map != nil }

  func apply(to run: inout ClassificationConfiguration) {
    let files = selection
    run.data = files.data
    run.reading = reader.readingOptions(
      of: files, labelKeys: labelKeys, labels: requiresLabels ? .required : .optional, idKey: idKey)
    run.reading.labelMap = labelMap.map
    run.usesRecordedLabelMap = !labelMap.isGiven
    run.cleaning = reader.cleaning
    run.batchSize = reader.batchSize
  }
}
