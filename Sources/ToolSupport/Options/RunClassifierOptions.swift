import Analysis
import ArgumentParser
import Configuration

/// How `run-classifier` reads texts and what it writes.
public struct RunClassifierOptions: ParsableArguments {
  /// `--max-seq-len`; default none.
  @Option(
    name: .customLong("max-seq-len"), parsing: .unconditional,
    help: ArgumentHelp("Read only this many characters of a text (default: all).", valueName: "characters"))
  public var maximumSequenceLength: Int?

  /// `--num-hidden-warmup`; default 0 passes.
  @Option(
    name: .customLong("num-hidden-warmup"), parsing: .unconditional,
    help: ArgumentHelp("Times a text is read beforehand, keeping the state.", valueName: "passes"))
  public var hiddenWarmupPasses = 0

  /// `--neurons`; default 0, all.
  @Option(
    name: .customLong("neurons"), parsing: .unconditional,
    help: ArgumentHelp("Use only this many of the classifier's largest weights; 0 or -1: all.", valueName: "count"))
  public var neuronCount = 0

  /// `--save-probs`; default `clf_results.npy`.
  @Option(
    name: .customLong("save-probs"), parsing: .unconditional,
    help: ArgumentHelp(
      "Where the probabilities go; decisions go beside it (default: \(ClassificationConfiguration.defaults.probabilitiesPath); for standard input nowhere).",
      valueName: "file"))
  public var namedProbabilitiesPath: String?

  /// `--write-results`; default none.
  @Option(
    name: .customLong("write-results"), parsing: .unconditional,
    help: ArgumentHelp("Also write a table of labels, predictions and texts (default: none).", valueName: "file"))
  public var tablePath: String?

  /// The options at their defaults.
  public init() {}

  /// Checks counts and names; an empty `--write-results` means none.
  public mutating func validate() throws {
    try Check.range("--max-seq-len", maximumSequenceLength, 1...Check.largestCount, "characters")
    try Check.range("--num-hidden-warmup", hiddenWarmupPasses, 0...1000, "passes")
    try Check.range("--neurons", neuronCount, -1...SizeLimits.hiddenUnits.upperBound)
    try Check.notEmpty("--save-probs", namedProbabilitiesPath, "a file")
    if tablePath == "" { tablePath = nil }
  }

  /// Where the probabilities go.
  public var probabilitiesPath: String {
    namedProbabilitiesPath ?? ClassificationConfiguration.defaults.probabilitiesPath
  }

  /// How many weights to keep; nil for all.
  public var keptNeurons: Int? { neuronCount > 0 ? neuronCount : nil }

  func apply(to run: inout ClassificationConfiguration) {
    run.maximumLength = maximumSequenceLength
    run.warmupPasses = hiddenWarmupPasses > 0 ? hiddenWarmupPasses : nil
    run.keptNeurons = keptNeurons
    run.probabilitiesPath = probabilitiesPath
    run.tablePath = tablePath
  }
}
