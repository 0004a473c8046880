import ArgumentParser

/// The texts a classifier is applied to.
public struct ClassifyDataOptions: ParsableArguments {
  /// Files read where `--data` is not given.
  public static let defaultData = ["data/binary_sst/test.csv"]

  /// `--data`; default the test part of binary SST.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files to classify, CSV, TSV or JSON, read one after another (default: data/binary_sst/test.csv).",
      valueName: "file"))
  public var data: [String] = []

  /// `--label-key`; default `label` where the files have it, else no labels.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the true label, for scores (default: label where the files have it).", valueName: "name"))
  public var labelKey: String?

  /// How files are read.
  @OptionGroup public var reader: ReaderOptions

  /// The options at their defaults.
  public init() {}

  /// Checks files and names.
  public mutating func validate() throws {
    try Check.notEmpty("--data", data.contains("") ? "" : nil, "files")
    try Check.notEmpty("--label-key", labelKey, "a column or key")
  }

  /// The files to read, after defaults.
  public var selection: DataSelection {
    DataSelection(data: data.isEmpty ? Self.defaultData : data)
  }

  /// The label's column or key.
  public var resolvedLabelKey: String { labelKey ?? "label" }

  /// Whether a missing label column is an error: only when its name was typed.
  public var requiresLabels: Bool { labelKey != nil }
}
