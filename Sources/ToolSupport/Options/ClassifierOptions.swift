import Analysis
import ArgumentParser
import Configuration
import Models

/// Which numbers of the language model make a text's features.
public struct ClassifierOptions: ParsableArguments {
  /// `--max-seq-len`; default none.
  @Option(
    name: .customLong("max-seq-len"), parsing: .unconditional,
    help: ArgumentHelp("Read only this many characters of a text (default: all).", valueName: "characters"))
  public var maximumSequenceLength: Int?

  /// `--all-layers`; default off.
  @Flag(help: "Features of all recurrent layers, bottom to top, instead of the last (default: off).")
  public var allLayers = false

  /// `--concat-max`; default off.
  @Flag(help: "Append the largest value over the text of every feature (default: off).")
  public var concatMax = false

  /// `--concat-min`; default off.
  @Flag(help: "Append the smallest value over the text of every feature (default: off).")
  public var concatMin = false

  /// `--concat-mean`; default off.
  @Flag(help: "Append the mean over the text of every feature (default: off).")
  public var concatMean = false

  /// `--get-hidden`; default off.
  @Flag(help: "Use the hidden state instead of the cell state (default: off; GRU, ReLU and Tanh always do).")
  public var getHidden = false

  /// `--num-hidden-warmup`; default 0 passes.
  @Option(
    name: .customLong("num-hidden-warmup"), parsing: .unconditional,
    help: ArgumentHelp("Times a text is read beforehand, keeping the state.", valueName: "passes"))
  public var hiddenWarmupPasses = TransferConfiguration.defaults.warmupPasses

  /// The options at their defaults.
  public init() {}

  /// Checks counts.
  public mutating func validate() throws {
    try Check.range("--max-seq-len", maximumSequenceLength, 1...Check.largestCount, "characters")
    try Check.range("--num-hidden-warmup", hiddenWarmupPasses, 0...1000, "passes")
  }

  func apply(to run: inout TransferConfiguration) {
    run.features = FeatureSelection(
      state: getHidden ? .hidden : .cell, allLayers: allLayers,
      pools: (concatMax ? [.maximum] : []) + (concatMin ? [.minimum] : []) + (concatMean ? [.mean] : []))
    run.maximumLength = maximumSequenceLength
    run.warmupPasses = hiddenWarmupPasses
  }
}
