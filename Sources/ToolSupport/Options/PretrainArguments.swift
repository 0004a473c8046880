import ArgumentParser

/// All options of `pretrain`.
public struct PretrainArguments: ParsableArguments {
  /// The model.
  @OptionGroup(title: "Model") public var model: LanguageModelOptions
  /// The texts.
  @OptionGroup(title: "Data") public var data: PretrainDataOptions
  /// What cuts the texts into tokens.
  @OptionGroup(title: "Tokenizer") public var tokenizer: TokenizerOptions
  /// Length and windows.
  @OptionGroup(title: "Training") public var training: PretrainOptions
  /// Optimizer and learning rate.
  @OptionGroup(title: "Optimization") public var optimization: OptimizationOptions
  /// Checkpoints.
  @OptionGroup(title: "Checkpoints") public var checkpoints: CheckpointOptions
  /// Threads and reports.
  @OptionGroup(title: "Execution") public var execution: ExecutionOptions

  /// The options at their defaults.
  public init() {}

  /// Checks what concerns several groups: a new model that shares its embedding must have fitting sizes.
  public mutating func validate() throws {
    if checkpoints.load.path == nil { try model.requireTyingFits() }
  }

  /// Steps after which the decay of the learning rate is complete.
  public var decayHorizon: Int { optimization.decayHorizon ?? training.totalIterations }
}
