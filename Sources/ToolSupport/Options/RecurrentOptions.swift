import ArgumentParser
import Checkpoints
import Models

/// Architecture of a recurrent language model.
///
/// Every value is nil unless it was typed: with `--load` the checkpoint knows its architecture, and a typed value must
/// agree with it (`requireAgreement(with:)`); without, `architecture` fills in the defaults.
public struct RecurrentOptions: ParsableArguments {
  /// `--model`; default mLSTM.
  @Option(
    name: .customLong("model"), parsing: .unconditional,
    help: ArgumentHelp(
      "Architecture, in any case (default: \(Self.defaults.cell.rawValue), or that of --load). RNNReLU and RNNTanh are accepted too.",
      valueName: "name"))
  public var model: CellKind?

  /// `--emsize`; default 64 numbers per token.
  @Option(
    name: .customLong("emsize"), parsing: .unconditional,
    help: ArgumentHelp(
      "Width of the embedding of one byte (default: \(Self.defaults.embeddingSize), or that of --load).",
      valueName: "numbers"))
  public var embeddingSize: Int?

  /// `--nhid`; default 4096 units.
  @Option(
    name: .customLong("nhid"), parsing: .unconditional,
    help: ArgumentHelp(
      "Hidden units in each layer (default: \(Self.defaults.hiddenSize), or that of --load).", valueName: "units"))
  public var hiddenSize: Int?

  /// `--nlayers`; default 1.
  @Option(
    name: .customLong("nlayers"), parsing: .unconditional,
    help: ArgumentHelp(
      "Recurrent layers, one on top of the other (default: \(Self.defaults.layerCount), or that of --load).",
      valueName: "layers"))
  public var layerCount: Int?

  /// The options at their defaults.
  public init() {}

  /// Checks the sizes.
  public mutating func validate() throws {
    try Check.range("--emsize", embeddingSize, SizeLimits.embeddingWidth, "numbers")
    try Check.range("--nhid", hiddenSize, SizeLimits.hiddenUnits, "hidden units")
    try Check.range("--nlayers", layerCount, SizeLimits.layers, "layers")
  }

  private static let defaults = LanguageModelConfiguration()

  /// The architecture with defaults filled in.
  public var architecture: LanguageModelConfiguration {
    var architecture = Self.defaults
    architecture.cell = model ?? architecture.cell
    architecture.embeddingSize = embeddingSize ?? architecture.embeddingSize
    architecture.hiddenSize = hiddenSize ?? architecture.hiddenSize
    architecture.layerCount = layerCount ?? architecture.layerCount
    return architecture
  }

  /// Refuses a typed value that differs from that of the checkpoint at `path`; does nothing without one.
  ///
  /// - Throws: `ValidationError` naming the option and both values; `CheckpointError` when the file cannot be read.
  public func requireAgreement(withCheckpoint path: String?) throws {
    guard let path else { return }
    try requireAgreement(with: try ModelFile.readCard(path).architecture.requireRecurrent(path: path))
  }

  /// Refuses a typed value that differs from the checkpoint's.
  ///
  /// - Throws: `ValidationError` naming the option and both values.
  public func requireAgreement(with known: LanguageModelConfiguration) throws {
    try requireEqual("--model", model?.rawValue, known.cell.rawValue)
    try requireEqual("--emsize", embeddingSize, known.embeddingSize)
    try requireEqual("--nhid", hiddenSize, known.hiddenSize)
    try requireEqual("--nlayers", layerCount, known.layerCount)
  }

  private func requireEqual<Value: Equatable>(_ option: String, _ typed: Value?, _ known: Value) throws {
    guard let typed, typed != known else { return }
    throw ValidationError(
      "\(option) \(typed) does not fit the checkpoint of --load, which was made with \(option) \(known); "
        + "leave the option out.")
  }
}
