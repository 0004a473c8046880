import ArgumentParser
import Configuration
import Training

/// What a pretraining run starts from and leaves behind.
public struct CheckpointOptions: ParsableArguments {
  /// `--save`; default `lang_model.safetensors`.
  @Option(
    name: .customLong("save"), parsing: .unconditional,
    help: ArgumentHelp(
      "Where the best model goes; without its extension, the folder of intermediate checkpoints.", valueName: "file"))
  public var savePath = PretrainingConfiguration.defaults.save

  /// `--save-iters`; default 10000 steps.
  @Option(
    name: .customLong("save-iters"), parsing: .unconditional,
    help: ArgumentHelp("Steps from one intermediate checkpoint to the next; 0: none.", valueName: "steps"))
  public var saveInterval = PretrainingConfiguration.defaults.stepsPerCheckpoint

  /// `--keep-checkpoints`; default 3.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Intermediate checkpoints to keep, the last ones, beside the best model; 0: all.", valueName: "count"))
  public var keepCheckpoints = PretrainingConfiguration.defaults.keptCheckpoints

  /// `--save-optim`; without effect.
  @Flag(
    name: .customLong("save-optim"),
    help: "Accepted from older command lines; checkpoints hold all that is needed to go on (default: always).")
  public var saveOptimizer = false

  /// `--weights-only`; default off.
  @Flag(help: "Save intermediate checkpoints without what is needed to go on exactly there (default: off).")
  public var weightsOnly = false

  /// `--resume`; default off.
  @Flag(help: "Go on with the newest checkpoint of --save, as if the run had never stopped (default: off).")
  public var resume = false

  /// `--load`.
  @OptionGroup public var load: LoadOptions

  /// `--load-optim`; default off.
  @Flag(
    name: .customLong("load-optim"),
    help: "Go on where --load was saved: optimizer, schedule, random state, position in the data (default: off).")
  public var loadOptimizer = false

  /// The options at their defaults.
  public init() {}

  /// The checkpoint to start from: that of `--load`, or with `--resume` the newest of `--save`.
  ///
  /// - Throws: `TrainingError.nothingToResume`.
  public func resolvedLoadPath() throws -> String? {
    guard resume else { return load.path }
    let folder = CheckpointFolder(forSave: savePath)
    guard let newest = folder.newestResumable() else { throw TrainingError.nothingToResume(folder: folder.path) }
    return newest
  }

  /// Whether optimizer, position and counters go on from the checkpoint.
  public var resumes: Bool { resume || loadOptimizer }

  /// Checks paths, the interval, and that `--load-optim` has a checkpoint.
  public mutating func validate() throws {
    try Check.notEmpty("--save", savePath, "a file")
    try Check.range("--save-iters", saveInterval, 0...Check.largestCount, "steps")
    try Check.range("--keep-checkpoints", keepCheckpoints, 0...Check.largestCount, "checkpoints")
    if resume, load.path != nil || loadOptimizer {
      throw ValidationError("--resume finds the checkpoint of --save by itself; leave out --load and --load-optim.")
    }
    if weightsOnly, saveOptimizer {
      throw ValidationError("--weights-only and --save-optim exclude each other.")
    }
    if loadOptimizer, load.path == nil {
      throw ValidationError(
        "--load-optim needs --load: name a checkpoint that was written without --weights-only, or use --resume.")
    }
  }

  func apply(to run: inout PretrainingConfiguration) {
    run.resumes = resumes
    run.save = savePath
    run.stepsPerCheckpoint = saveInterval
    run.savesTrainingState = !weightsOnly
    run.keptCheckpoints = keepCheckpoints
  }
}
