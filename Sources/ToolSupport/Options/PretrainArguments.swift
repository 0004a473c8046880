import ArgumentParser
import Training

/// All options of `pretrain`.
public struct PretrainArguments: ParsableArguments {
  /// The model.
  @OptionGroup(title: "Model") public var model: LanguageModelOptions
  /// The texts.
  @OptionGroup(title: "Data") public var data: TrainingDataOptions<LanguageModelData>
  /// What cuts the texts into tokens.
  @OptionGroup(title: "Tokenizer") public var tokenizer: TokenizerOptions
  /// Length and windows.
  @OptionGroup(title: "Training") public var training: PretrainOptions
  /// Optimizer and learning rate.
  @OptionGroup(title: "Optimization") public var optimization: OptimizationOptions
  /// Half precision.
  @OptionGroup(title: "Precision") public var precision: TrainingPrecisionOptions
  /// Checkpoints.
  @OptionGroup(title: "Checkpoints") public var checkpoints: CheckpointOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}

  /// Checks what concerns several groups: a new model that shares its embedding must have fitting sizes.
  public mutating func validate() throws {
    if checkpoints.load.path == nil, !checkpoints.resume { try model.requireTyingFits() }
    if training.additionalIterations != nil, !checkpoints.resumes {
      throw ValidationError("--additional-iters needs --resume or --load-optim: a run to go on with.")
    }
  }

  /// Steps of the whole run, unless `--additional-iters` says otherwise; fits an `Int`.
  public var totalIterations: Int {
    training.totalIterations * (training.shards ? max(data.selection.data.count, 1) : 1)
  }

  /// Steps after which the decay of the learning rate is complete.
  public var decayHorizon: Int { optimization.decayHorizon ?? totalIterations }

  /// The run that these arguments ask for.
  ///
  /// - Parameter loadPath: the checkpoint to start from.
  public func configuration(loading loadPath: String?) -> PretrainingConfiguration {
    var run = PretrainingConfiguration()
    model.apply(to: &run)
    data.apply(to: &run)
    tokenizer.apply(to: &run)
    training.apply(to: &run)
    optimization.apply(to: &run, steps: totalIterations)
    precision.apply(to: &run)
    checkpoints.apply(to: &run)
    run.load = loadPath
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }
}
