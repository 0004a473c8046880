import Analysis
import ArgumentParser

/// All options of `generate`.
public struct GenerateArguments: ParsableArguments {
  /// The model, the sampling and the neuron.
  @OptionGroup(title: "Generation") public var generation: GenerateOptions
  /// Element types.
  @OptionGroup(title: "Precision") public var precision: PrecisionOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}

  /// The generation that these arguments ask for.
  public var configuration: GenerationConfiguration {
    var run = GenerationConfiguration()
    generation.apply(to: &run)
    run.precision = precision.precision
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }
}
