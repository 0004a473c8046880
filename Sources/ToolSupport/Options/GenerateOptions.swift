import Analysis
import ArgumentParser
import Configuration
import Corpora

/// Sampling of text, with or without a held neuron.
public struct GenerateOptions: ParsableArguments {
  /// `--load`; default what `pretrain` writes.
  @Option(
    name: .customLong("load"), parsing: .unconditional,
    help: ArgumentHelp("Language model, or classifier that holds one.", valueName: "file"))
  public var loadPath = GenerationConfiguration.defaults.load

  /// `--save`; default `generated.txt`.
  @Option(
    name: .customLong("save"), parsing: .unconditional,
    help: ArgumentHelp("Where the text goes; the heat map goes beside it.", valueName: "file"))
  public var savePath = "generated.txt"

  /// `--text`; default empty.
  @Option(parsing: .unconditional, help: ArgumentHelp("Text to begin with (default: none).", valueName: "text"))
  public var text = GenerationConfiguration.defaults.text

  /// `--process-fn`; default none.
  @Option(
    name: .customLong("process-fn"), parsing: .unconditional,
    help: ArgumentHelp("Cleaning of --text before it is read.", valueName: "name"))
  public var cleaning = GenerationConfiguration.defaults.cleaning

  /// `--gen-length`; default 1000 characters.
  @Option(
    name: .customLong("gen-length"), parsing: .unconditional,
    help: ArgumentHelp(
      "Characters of --text and new ones together; -1: only read --text.", valueName: "characters"))
  public var totalLength = GenerationConfiguration.defaults.totalLength

  /// `--temperature`; default 1.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Below 1 more predictable, above 1 more varied; 0: always the likeliest.", valueName: "number"))
  public var temperature = GenerationConfiguration.defaults.temperature

  /// `--top-k`; default 0, off.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sample among this many likeliest bytes only; 0: among all.", valueName: "count"))
  public var topK = GenerationConfiguration.defaults.topCount

  /// `--seed`; default -1, drawn at random.
  @Option(
    name: .customLong("seed"), parsing: .unconditional,
    help: ArgumentHelp("Seed of the sampling; a negative number draws one.", valueName: "number"))
  public var seedNumber = -1

  /// `--neuron`; default -1, the strongest.
  @Option(
    name: .customLong("neuron"), parsing: .unconditional,
    help: ArgumentHelp(
      "Neuron to watch or hold, from 0; -1: the one with the classifier's largest weight.", valueName: "index"))
  public var neuronIndex = -1

  /// `--overwrite`; default none.
  @Option(
    name: .customLong("overwrite"), parsing: .unconditional,
    help: ArgumentHelp(
      "Hold the neuron's hidden state at this value times its sign, in new characters only (default: not held).",
      valueName: "value"))
  public var heldValue: Double?

  /// `--negate`; default off.
  @Flag(help: "Turn the neuron's sign around, in --overwrite and in the picture (default: off).")
  public var negate = false

  /// `--visualize`; default off.
  @Flag(help: "Draw a heat map of the neuron over the text (default: off). --heatmap is the same.")
  public var visualize = false

  /// The options at their defaults.
  public init() {}

  /// Checks ranges and names.
  public mutating func validate() throws {
    try Check.notEmpty("--load", loadPath, "a checkpoint")
    try Check.notEmpty("--save", savePath, "a file")
    try Check.range("--gen-length", totalLength, -1...Check.largestCount, "characters")
    try Check.notNegative("--temperature", temperature)
    try Check.range("--top-k", topK, 0...257)
    try Check.range("--neuron", neuronIndex, -1...SizeLimits.hiddenUnits.upperBound)
    try Seed.check(seedNumber)
    try Check.finite("--overwrite", heldValue)
    // States lie between -1 and 1; far beyond, float32 cannot go on with what follows from them.
    try Check.range("--overwrite", heldValue, -1e6...1e6)
  }

  /// The neuron's index; nil for the one with the classifier's largest weight.
  public var neuron: Int? { neuronIndex >= 0 ? neuronIndex : nil }

  /// Whether a neuron matters at all: without a picture or a held value none is needed.
  public var watchesNeuron: Bool { visualize || heldValue != nil }

  /// The seed; drawn at random when a negative number was given.
  ///
  /// Ask once and keep the answer.
  public func drawSeed() -> UInt32 { Seed.resolve(seedNumber) }

  func apply(to run: inout GenerationConfiguration) {
    run.load = loadPath
    run.text = text
    run.cleaning = cleaning
    run.totalLength = totalLength
    run.temperature = temperature
    run.topCount = topK
    run.seed = UInt64(drawSeed())
    run.neuron = neuron
    run.heldValue = heldValue
    run.negates = negate
    run.watchesNeuron = watchesNeuron
  }
}
