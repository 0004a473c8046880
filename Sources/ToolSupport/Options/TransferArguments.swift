import ArgumentParser

/// All options of `transfer`.
public struct TransferArguments: ParsableArguments {
  /// The checkpoint.
  @OptionGroup(title: "Model") public var load: LoadOptions
  /// The architecture of an untrained model; must agree with a loaded one.
  @OptionGroup(title: "Model") public var recurrent: RecurrentOptions
  /// The labelled texts.
  @OptionGroup(title: "Data") public var data: TransferDataOptions
  /// The features.
  @OptionGroup(title: "Features") public var features: ClassifierOptions
  /// The regression and what is written.
  @OptionGroup(title: "Regression and results") public var transfer: TransferOptions
  /// Element types.
  @OptionGroup(title: "Precision") public var precision: EvaluationPrecisionOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}
}
