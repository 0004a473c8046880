import ArgumentParser

/// What a pretraining run starts from and leaves behind.
public struct CheckpointOptions: ParsableArguments {
  /// `--save`; default `lang_model.safetensors`.
  @Option(
    name: .customLong("save"), parsing: .unconditional,
    help: ArgumentHelp(
      "Where the best model goes; without its extension, the folder of intermediate checkpoints.", valueName: "file"))
  public var savePath = "lang_model.safetensors"

  /// `--save-iters`; default 10000 steps.
  @Option(
    name: .customLong("save-iters"), parsing: .unconditional,
    help: ArgumentHelp("Steps from one intermediate checkpoint to the next; 0: none.", valueName: "steps"))
  public var saveInterval = 10_000

  /// `--save-optim`; default off.
  @Flag(
    name: .customLong("save-optim"),
    help: "With each intermediate checkpoint, save all that is needed to go on exactly there (default: off).")
  public var saveOptimizer = false

  /// `--load`.
  @OptionGroup public var load: LoadOptions

  /// `--load-optim`; default off.
  @Flag(
    name: .customLong("load-optim"),
    help: "Go on where --load was saved: optimizer, schedule, random state, position in the data (default: off).")
  public var loadOptimizer = false

  /// The options at their defaults.
  public init() {}

  /// Checks paths, the interval, and that `--load-optim` has a checkpoint.
  public mutating func validate() throws {
    try Check.notEmpty("--save", savePath, "a file")
    try Check.range("--save-iters", saveInterval, 0...Check.largestCount, "steps")
    if loadOptimizer, load.path == nil {
      throw ValidationError("--load-optim needs --load: name a checkpoint that was written with --save-optim.")
    }
  }
}
