import ArgumentParser
import Configuration
import Corpora
import Optimization
import Training

/// Length, windows and reporting of a pretraining run.
public struct PretrainOptions: ParsableArguments {
  /// `--seq-length`; default 256 tokens.
  @Option(
    name: .customLong("seq-length"), parsing: .unconditional,
    help: ArgumentHelp("Characters in one training window, the reach of back-propagation.", valueName: "characters"))
  public var sequenceLength = PretrainingConfiguration.defaults.sequenceLength

  /// `--eval-seq-length`; default 256 tokens.
  @Option(
    name: .customLong("eval-seq-length"), parsing: .unconditional,
    help: ArgumentHelp(
      "Characters in one validation or test window; 0: as --seq-length.", valueName: "characters"))
  public var evalSequenceLength = PretrainingConfiguration.defaults.evaluationSequenceLength

  /// `--train-iters`; default 1000 steps.
  @Option(
    name: .customLong("train-iters"), parsing: .unconditional,
    help: ArgumentHelp("Optimizer steps in one epoch.", valueName: "steps"))
  public var trainIterations = PretrainingConfiguration.defaults.stepsPerEpoch

  /// `--additional-iters`; default none.
  @Option(
    name: .customLong("additional-iters"), parsing: .unconditional,
    help: ArgumentHelp(
      "With --resume or --load-optim: steps to take beyond those already taken (default: up to --train-iters times "
        + "--epochs in all).", valueName: "steps"))
  public var additionalIterations: Int?

  /// `--epochs`; default 1.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Blocks of --train-iters steps, each followed by validation.", valueName: "blocks"))
  public var epochs = PretrainingConfiguration.defaults.epochs

  /// `--eval-iters`; default all held-out text.
  @Option(
    name: .customLong("eval-iters"), parsing: .unconditional,
    help: ArgumentHelp(
      "Batches in one validation or test at most (default: every held-out text is read once).", valueName: "batches"))
  public var evalIterations: Int?

  /// `--sampling`; default shuffled, or that of the run that is resumed.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How texts follow one another: shuffled, each once a pass, or shards, drawn with replacement (default: shuffled, or "
        + "as in the run that is resumed).", valueName: "way"))
  public var sampling: TextSampling?

  /// `--persist-state`; default 1.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When the hidden state starts from zero: 0 at every text, 1 at every shard of 100 texts, -1 never; with --sampling "
        + "shuffled there are no shards, and 1 means 0.", valueName: "number"))
  public var persistState = PretrainingConfiguration.defaults.persistence

  /// `--lazy`; default off.
  @Flag(help: "Keep the texts on disk instead of in memory (default: off).")
  public var lazy = false

  /// `--shards`; default off.
  @Flag(
    help: ArgumentHelp(
      "Train on the files of --data one after the other, --train-iters steps on each, with a checkpoint after each "
        + "(default: off)."))
  public var shards = false

  /// `--logdir`; default none.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Folder for TensorBoard events, metrics.jsonl and a picture of the loss (default: none).", valueName: "folder"))
  public var logdir: String?

  /// `--log-interval`; default 100 steps.
  @Option(parsing: .unconditional, help: ArgumentHelp("Steps from one log line to the next.", valueName: "steps"))
  public var logInterval = PretrainingConfiguration.defaults.logInterval

  /// `--seed`; default 1234.
  @Option(
    name: .customLong("seed"), parsing: .unconditional,
    help: ArgumentHelp("Seed of everything random; a negative number draws one.", valueName: "number"))
  public var seedNumber = Int(PretrainingConfiguration.defaults.seed)

  /// The options at their defaults.
  public init() {}

  /// Checks lengths and counts.
  public mutating func validate() throws {
    try Check.range("--seq-length", sequenceLength, SizeLimits.sequenceLength, "characters")
    try Check.range("--eval-seq-length", evalSequenceLength, 0...SizeLimits.sequenceLength.upperBound, "characters")
    try Check.range("--train-iters", trainIterations, 1...Check.largestCount, "steps")
    try Check.range("--additional-iters", additionalIterations, 1...Check.largestCount, "steps")
    try Check.notEmpty("--logdir", logdir, "a folder")
    try Check.range("--epochs", epochs, 1...Check.largestCount)
    try Check.range("--eval-iters", evalIterations, 1...Check.largestCount, "batches")
    try Seed.check(seedNumber)
    try Check.range("--log-interval", logInterval, 1...Check.largestCount, "steps")
  }

  /// Tokens of a window in validation and test.
  public var resolvedEvalSequenceLength: Int { evalSequenceLength == 0 ? sequenceLength : evalSequenceLength }

  /// Optimizer steps of the whole run; fits an `Int`.
  public var totalIterations: Int { trainIterations * epochs }

  /// The seed; drawn at random when a negative number was given.
  ///
  /// Ask once and keep the answer.
  public func drawSeed() -> UInt32 { Seed.resolve(seedNumber) }

  func apply(to run: inout PretrainingConfiguration) {
    run.isLazy = lazy
    run.trainsShardByShard = shards
    run.additionalSteps = additionalIterations
    run.sequenceLength = sequenceLength
    run.evaluationSequenceLength = resolvedEvalSequenceLength
    run.persistence = persistState
    run.sampling = sampling
    run.epochs = epochs
    run.stepsPerEpoch = trainIterations
    run.evaluationBatches = evalIterations
    run.logInterval = logInterval
    run.seed = drawSeed()
    run.isSeedDrawn = seedNumber < 0
  }
}
