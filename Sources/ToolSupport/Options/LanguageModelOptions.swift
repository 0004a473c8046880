import ArgumentParser
import Checkpoints
import Configuration
import Training

/// A recurrent model with what only its training needs to know.
public struct LanguageModelOptions: ParsableArguments {
  /// The architecture.
  @OptionGroup public var recurrent: RecurrentOptions

  /// `--dropout`; default 0, or that of the loaded model.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of embedding and output values set to zero in training, 0 up to (not including) 1 (default: 0, or that of "
        + "--load).", valueName: "share"))
  public var dropout: Double?

  /// `--tied`; default off.
  @Flag(help: "Use the embedding as output weights too; needs --nhid equal to --emsize (default: off).")
  public var tied = false

  /// `--no-weight-norm`; default off, so weights are normalised.
  @Flag(help: "Train without weight normalisation of the recurrent matrices (default: with it).")
  public var noWeightNorm = false

  /// The options at their defaults.
  public init() {}

  /// Checks the dropout.
  public mutating func validate() throws {
    try Check.range("--dropout", dropout, 0...Check.largestShare)
  }

  /// Refuses a typed architecture that differs from that of the checkpoint at `path`; does nothing without one.
  ///
  /// - Throws: `ValidationError` naming the option; `CheckpointError` when the file cannot be read.
  public func requireAgreement(withCheckpoint path: String?) throws {
    try recurrent.requireAgreement(withCheckpoint: path)
    guard let path, tied, try !ModelFile.readCard(path).architecture.requireRecurrent(path: path).isTied else { return }
    throw ValidationError(
      "--tied does not fit the checkpoint of --load, which was made without it; leave the option out.")
  }

  /// Checks that a new model may share embedding and output weights.
  ///
  /// - Throws: `ValidationError` when `--tied` is set and the sizes differ.
  public func requireTyingFits() throws {
    let shape = recurrent.architecture
    guard tied, shape.hiddenSize != shape.embeddingSize else { return }
    throw ValidationError(
      "--tied needs --nhid equal to --emsize, but they are \(TextFormat.count(shape.hiddenSize)) and "
        + "\(TextFormat.count(shape.embeddingSize)).")
  }

  func apply(to run: inout PretrainingConfiguration) {
    run.architecture = recurrent.architecture
    run.architecture.dropout = dropout ?? run.architecture.dropout
    run.architecture.isTied = tied
    run.architecture.usesWeightNormalization = !noWeightNorm
    run.loadedDropout = dropout
  }
}
