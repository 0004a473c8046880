import Analysis
import ArgumentParser

/// All options of `run-classifier`.
public struct RunClassifierArguments: ParsableArguments {
  /// The classifier.
  @OptionGroup(title: "Model") public var load: LoadOptions
  /// The texts.
  @OptionGroup(title: "Data") public var data: ClassifyDataOptions
  /// Reading and writing.
  @OptionGroup(title: "Classification and results") public var classification: RunClassifierOptions
  /// Element types.
  @OptionGroup(title: "Precision") public var precision: PrecisionOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}

  /// Checks that there is a classifier.
  public mutating func validate() throws {
    guard load.path == nil else { return }
    throw ValidationError(
      "run-classifier needs --load: name the classifier that transfer wrote, for example "
        + "--load lang_model_transfer/sentiment/classifier.safetensors.")
  }

  /// The classifier's file.
  public var modelPath: String { load.path ?? "" }

  /// The classification that these arguments ask for.
  public var configuration: ClassificationConfiguration {
    var run = ClassificationConfiguration()
    run.load = modelPath
    data.apply(to: &run)
    classification.apply(to: &run)
    run.precision = precision.precision
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }
}
