import ArgumentParser

/// The checkpoint to start from.
public struct LoadOptions: ParsableArguments {
  /// `--load`; default none.
  @Option(
    name: .customLong("load"), parsing: .unconditional,
    help: ArgumentHelp(
      "Checkpoint to start from; it knows its architecture and text cleaning (default: none).", valueName: "file"))
  public var path: String?

  /// The options at their defaults.
  public init() {}

  /// The checkpoint as an input.
  public var inputs: [NamedFile] { path.map { [NamedFile("--load", $0)] } ?? [] }

  /// Checks the path.
  public mutating func validate() throws {
    try Check.notEmpty("--load", path, "a checkpoint")
  }
}
