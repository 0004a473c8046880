import ArgumentParser
import Configuration
import Optimization
import Training

/// Optimizer and learning rate of a pretraining run.
public struct OptimizationOptions: ParsableArguments {
  /// `--optim`; default Adam.
  @Option(
    name: .customLong("optim"), parsing: .unconditional,
    help: ArgumentHelp("Optimizer, in any case.", valueName: "name"))
  public var optimizer = PretrainingConfiguration.defaults.optimizer.kind

  /// `--lr`; default 5e-4.
  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: ArgumentHelp("Learning rate; the peak with --stlr-cut-frac.", valueName: "rate"))
  public var learningRate = PretrainingConfiguration.defaults.schedule.baseRate

  /// `--weight-decay`; default the optimizer's own.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Pull of the weights towards zero (default: 0.01 for AdamW and LAMB, 0 for the others).", valueName: "number"))
  public var weightDecay: Double?

  /// `--momentum`; default 0.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the last step that SGD or RMSprop keeps, 0 up to (not including) 1.", valueName: "share"))
  public var momentum = 0.0

  /// `--nesterov`; default off.
  @Flag(help: "Let the momentum of SGD look ahead (default: off).")
  public var nesterov = false

  /// `--clip`; default 0, no clipping.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Largest L2 norm of all gradients together; 0: no limit.", valueName: "norm"))
  public var clip = PretrainingConfiguration.defaults.clip

  /// `--accumulation-steps`; default 1.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Batches whose gradients are gathered for one optimizer step.", valueName: "batches"))
  public var accumulationSteps = PretrainingConfiguration.defaults.accumulationSteps

  /// `--chkpt-grad`; default off.
  @Flag(
    name: .customLong("chkpt-grad"),
    help:
      "Compute the states of a window anew when going back, which takes a third longer and little memory (default: off)."
  )
  public var recomputeStates = false

  /// `--on-divergence`; default warn.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When the loss leaves its range: ignore, warn, stop, or rollback to the last checkpoint with half the rate.",
      valueName: "action"))
  public var onDivergence = PretrainingConfiguration.defaults.onDivergence

  /// `--decay-style`; default none, a constant rate.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How the learning rate falls from its full value (default: not at all).", valueName: "style"))
  public var decayStyle: DecayStyle?

  /// `--constant-decay`; default all steps.
  @Option(
    name: .customLong("constant-decay"), parsing: .unconditional,
    help: ArgumentHelp(
      "Steps after which the decay is complete (default: --train-iters times --epochs).", valueName: "steps"))
  public var decayHorizon: Int?

  /// `--warmup`; default 0.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Share of all steps over which the rate rises to its full value, 0 to 1.", valueName: "share"))
  public var warmup = 0.0

  /// `--stlr-cut-frac`; default none.
  @Option(
    name: .customLong("stlr-cut-frac"), parsing: .unconditional,
    help: ArgumentHelp(
      "Slanted triangular rate with its peak at this share of all steps, 0 to 1; takes the place of --decay-style "
        + "and --warmup (default: none).", valueName: "share"))
  public var slantedTriangleCut: Double?

  /// The options at their defaults.
  public init() {}

  /// Checks rates and shares.
  public mutating func validate() throws {
    try Check.positive("--lr", learningRate)
    try Check.range("--lr", learningRate, Check.smallNumber...Check.hugeNumber)
    if let weightDecay { try Check.notNegative("--weight-decay", weightDecay) }
    try Check.range("--weight-decay", weightDecay, 0...Check.largeNumber)
    try Check.range("--momentum", momentum, 0...Check.largestShare)
    if momentum > 0, !optimizer.takesMomentum {
      throw ValidationError("--momentum is for SGD and RMSprop; \(optimizer.rawValue) has none to set.")
    }
    if nesterov, optimizer != .sgd || momentum == 0 {
      throw ValidationError("--nesterov needs --optim SGD and a --momentum above 0.")
    }
    try Check.notNegative("--clip", clip)
    if clip > 0 { try Check.range("--clip", clip, Check.smallNumber...Check.hugeNumber) }
    try Check.range("--accumulation-steps", accumulationSteps, 1...65_536, "batches")
    try Check.range("--constant-decay", decayHorizon, 1...Check.largestCount * Check.largestCount, "steps")
    try Check.range("--warmup", warmup, 0...1)
    try Check.range("--stlr-cut-frac", slantedTriangleCut, 0...1)
  }

  /// - Parameter steps: optimizer steps of the whole run.
  func apply(to run: inout PretrainingConfiguration, steps: Int) {
    run.optimizer = OptimizerChoice(
      optimizer, weightDecay: weightDecay, momentum: momentum, isNesterov: nesterov)
    let horizon = Double(decayHorizon ?? steps)
    run.schedule =
      if let slantedTriangleCut {
        LearningRateSchedule(
          baseRate: learningRate, decay: .slantedTriangle, warmupSteps: slantedTriangleCut * horizon, horizon: horizon)
      } else {
        LearningRateSchedule(
          baseRate: learningRate, decay: decayStyle?.decay ?? run.schedule.decay, warmupSteps: warmup * horizon,
          horizon: horizon)
      }
    run.stretchesSchedule = decayHorizon == nil
    run.clip = clip
    run.accumulationSteps = accumulationSteps
    run.recomputesStates = recomputeStates
    run.onDivergence = onDivergence
  }
}
