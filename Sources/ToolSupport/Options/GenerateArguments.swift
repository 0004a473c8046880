import ArgumentParser

/// All options of `generate`.
public struct GenerateArguments: ParsableArguments {
  /// The model, the sampling and the neuron.
  @OptionGroup(title: "Generation") public var generation: GenerateOptions
  /// Element types.
  @OptionGroup(title: "Precision") public var precision: EvaluationPrecisionOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}
}
