import ArgumentParser
import Training

/// Optimizer and learning rate of a pretraining run.
public struct OptimizationOptions: ParsableArguments {
  /// `--optim`; default Adam.
  @Option(
    name: .customLong("optim"), parsing: .unconditional,
    help: ArgumentHelp("Optimizer, in any case.", valueName: "name"))
  public var optimizer = OptimizerKind.adam

  /// `--lr`; default 5e-4.
  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: ArgumentHelp("Learning rate; the peak with --stlr-cut-frac.", valueName: "rate"))
  public var learningRate = 5e-4

  /// `--clip`; default 0, no clipping.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Largest L2 norm of all gradients together; 0: no limit.", valueName: "norm"))
  public var clip = 0.0

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
    try Check.notNegative("--clip", clip)
    try Check.range("--constant-decay", decayHorizon, 1...Check.largestCount * Check.largestCount, "steps")
    try Check.range("--warmup", warmup, 0...1)
    try Check.range("--stlr-cut-frac", slantedTriangleCut, 0...1)
  }
}
