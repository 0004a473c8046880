import Analysis
import ArgumentParser

/// All options of `transfer`.
public struct TransferArguments: ParsableArguments {
  /// The checkpoint.
  @OptionGroup(title: "Model") public var load: LoadOptions
  /// The architecture of an untrained model; must agree with a loaded one.
  @OptionGroup(title: "Model") public var recurrent: RecurrentOptions
  /// The texts.
  @OptionGroup(title: "Data") public var data: TrainingDataOptions<LabelledData>
  /// Their labels.
  @OptionGroup(title: "Labels") public var labels: LabelOptions
  /// The features.
  @OptionGroup(title: "Features") public var features: ClassifierOptions
  /// The regression and what is written.
  @OptionGroup(title: "Regression and results") public var transfer: TransferOptions
  /// Element types.
  @OptionGroup(title: "Precision") public var precision: PrecisionOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}

  /// Checks that text and label are two columns.
  public mutating func validate() throws { try labels.requireOther(than: data.reader.textKey, data.evalTextKey) }

  /// The transfer that these arguments ask for.
  public var configuration: TransferConfiguration {
    var run = TransferConfiguration()
    run.load = load.path
    run.architecture = recurrent.architecture
    data.apply(to: &run, labelKey: labels.labelKey)
    labels.apply(to: &run)
    features.apply(to: &run)
    transfer.apply(to: &run)
    run.precision = precision.precision
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }
}
