import Analysis
import ArgumentParser
import Configuration

/// The labels that a classifier is fitted to.
public struct LabelOptions: ParsableArguments {
  /// `--label-key`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Column or key of the label: 0 or 1, or two names.", valueName: "name"))
  public var labelKey = TransferConfiguration.defaults.reading.labelKeys.first ?? "label"

  /// Which labels become which class.
  @OptionGroup public var labelMap: LabelMapOptions

  /// `--eval-label-key`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the label in validation and test files (default: as --label-key).", valueName: "name"))
  public var evalLabelKey: String?

  /// The options at their defaults.
  public init() {}

  /// Checks names and the map.
  public mutating func validate() throws {
    if let map = labelMap.map, !map.namesBothClasses {
      throw ValidationError("--label-map must say for both classes which labels become them, for example 1,2=0 4,5=1.")
    }
    try Check.notEmpty("--label-key", labelKey, "a column or key")
    try Check.notEmpty("--eval-label-key", evalLabelKey, "a column or key")
  }

  /// Refuses a column that is to be the text as well.
  ///
  /// - Throws: `ValidationError`.
  func requireOther(than textKey: String, _ evalTextKey: String?) throws {
    for (text, label) in [(textKey, labelKey), (evalTextKey ?? textKey, evalLabelKey ?? labelKey)] where text == label {
      throw ValidationError("--text-key and --label-key cannot both be '\(text)'; name the column of the labels.")
    }
  }

  func apply(to run: inout TransferConfiguration) {
    run.reading.labelMap = labelMap.map
    run.evaluationLabelKey = evalLabelKey
  }
}
