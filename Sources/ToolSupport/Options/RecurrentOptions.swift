import ArgumentParser

/// Architecture of a recurrent language model.
///
/// Every value is nil unless it was typed: with `--load` the checkpoint knows its architecture, and a typed value must
/// agree with it (`requireAgreement(with:)`); without, `shape` fills in the defaults.
public struct RecurrentOptions: ParsableArguments {
  /// `--model`; default mLSTM.
  @Option(
    name: .customLong("model"), parsing: .unconditional,
    help: ArgumentHelp(
      "Architecture, in any case (default: mLSTM, or that of --load). RNNReLU and RNNTanh are accepted too.",
      valueName: "name"))
  public var model: ModelName?

  /// `--emsize`; default 64 numbers per token.
  @Option(
    name: .customLong("emsize"), parsing: .unconditional,
    help: ArgumentHelp("Width of the embedding of one byte (default: 64, or that of --load).", valueName: "numbers"))
  public var embeddingSize: Int?

  /// `--nhid`; default 4096 units.
  @Option(
    name: .customLong("nhid"), parsing: .unconditional,
    help: ArgumentHelp("Hidden units in each layer (default: 4096, or that of --load).", valueName: "units"))
  public var hiddenSize: Int?

  /// `--nlayers`; default 1.
  @Option(
    name: .customLong("nlayers"), parsing: .unconditional,
    help: ArgumentHelp(
      "Recurrent layers, one on top of the other (default: 1, or that of --load).", valueName: "layers"))
  public var layerCount: Int?

  /// The options at their defaults.
  public init() {}

  /// Checks the sizes.
  public mutating func validate() throws {
    try Check.range("--emsize", embeddingSize, SizeLimits.embeddingWidth, "numbers")
    try Check.range("--nhid", hiddenSize, SizeLimits.hiddenUnits, "hidden units")
    try Check.range("--nlayers", layerCount, SizeLimits.layers, "layers")
  }

  /// The architecture with defaults filled in.
  public var shape: RecurrentShape {
    RecurrentShape(
      model: model ?? .multiplicativeLSTM, embeddingSize: embeddingSize ?? 64, hiddenSize: hiddenSize ?? 4096,
      layerCount: layerCount ?? 1)
  }

  /// Refuses a typed value that differs from the checkpoint's.
  ///
  /// - Throws: `ValidationError` naming the option and both values.
  public func requireAgreement(with known: RecurrentShape) throws {
    try requireEqual("--model", model?.rawValue, known.model.rawValue)
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

/// Sizes of a recurrent language model.
public struct RecurrentShape: Sendable, Equatable {
  /// The kind of cell.
  public var model: ModelName
  /// Numbers in the embedding of one token.
  public var embeddingSize: Int
  /// Hidden units in each layer.
  public var hiddenSize: Int
  /// Stacked layers.
  public var layerCount: Int

  /// An architecture.
  public init(model: ModelName, embeddingSize: Int, hiddenSize: Int, layerCount: Int) {
    self.model = model
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
  }
}
