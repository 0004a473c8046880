import Analysis
import ArgumentParser
import Configuration

/// The regression of `transfer` and what it writes.
public struct TransferOptions: ParsableArguments {
  /// `--neurons`; default 1.
  @Option(
    name: .customLong("neurons"), parsing: .unconditional,
    help: ArgumentHelp("How many of the strongest neurons get a regression of their own.", valueName: "count"))
  public var neuronCount = TransferConfiguration.defaults.neuronCount

  /// `--drop-neurons`; default off.
  @Flag(help: "Also fit a regression without the strongest neurons (default: off).")
  public var dropNeurons = false

  /// `--mcc`; default off.
  @Flag(help: "Choose and report by Matthews correlation instead of accuracy (default: off).")
  public var mcc = false

  /// `--epochs`; default 100 iterations.
  @Option(
    name: .customLong("epochs"), parsing: .unconditional,
    help: ArgumentHelp("Most iterations of one logistic regression.", valueName: "iterations"))
  public var iterationCap = TransferConfiguration.defaults.iterationCap

  /// `--seed`; default 1234.
  @Option(
    name: .customLong("seed"), parsing: .unconditional,
    help: ArgumentHelp(
      "Seed of the split, the regression and an untrained model; a negative number draws one.", valueName: "number"))
  public var seedNumber = Int(TransferConfiguration.defaults.seed)

  /// `--use-cached`; default off.
  @Flag(help: "Reuse the features of an earlier run with the same model, data and options (default: off).")
  public var useCached = false

  /// `--no-test-eval`; default off.
  @Flag(help: "Predict the test files without scoring them, for example because they have no labels (default: off).")
  public var noTestEval = false

  /// `--save-results`; default sentiment.
  @Option(
    name: .customLong("save-results"), parsing: .unconditional,
    help: ArgumentHelp(
      "Name of the result folder inside <model>_transfer; with a slash, any folder (./results, /tmp/results).",
      valueName: "name"))
  public var resultsName = TransferConfiguration.defaults.resultsName

  /// `--write-results`; default none.
  @Option(
    name: .customLong("write-results"), parsing: .unconditional,
    help: ArgumentHelp(
      "Also write a table of predictions for test, else validation, else training (default: none).",
      valueName: "file"))
  public var tablePath: String?

  /// The options at their defaults.
  public init() {}

  /// Checks counts and names; an empty `--write-results` means none.
  public mutating func validate() throws {
    try Check.range("--neurons", neuronCount, 1...SizeLimits.hiddenUnits.upperBound)
    try Check.range("--epochs", iterationCap, 1...Check.largestCount, "iterations")
    try Seed.check(seedNumber)
    try Check.notEmpty("--save-results", resultsName, "a folder")
    if tablePath == "" { tablePath = nil }
  }

  /// The table as an output.
  public var outputs: [NamedFile] { tablePath.map { [NamedFile("--write-results", $0)] } ?? [] }

  /// The seed; drawn at random when a negative number was given.
  ///
  /// Ask once and keep the answer.
  public func drawSeed() -> UInt32 { Seed.resolve(seedNumber) }

  func apply(to run: inout TransferConfiguration) {
    run.usesCache = useCached
    run.metric = mcc ? .matthews : .accuracy
    run.iterationCap = iterationCap
    run.neuronCount = neuronCount
    run.dropsNeurons = dropNeurons
    run.scoresTest = !noTestEval
    run.resultsName = resultsName
    run.tablePath = tablePath
    run.seed = drawSeed()
  }
}
