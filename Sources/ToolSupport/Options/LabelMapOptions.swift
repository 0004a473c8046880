import ArgumentParser
import Corpora

/// Which labels become which class; shared by the commands that read labels.
public struct LabelMapOptions: ParsableArguments {
  /// `--label-map`; default none.
  @Option(
    name: .customLong("label-map"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Labels that become class 0 and class 1, or two names, such as 1,2=0 4,5=1; rows with other labels drop out "
        + "(default: labels as they are, or as the classifier's were).", valueName: "labels=class"))
  public var entries: [String] = []

  /// The options at their defaults.
  public init() {}

  /// Checks the map.
  public mutating func validate() throws { _ = try parsed() }

  /// The map; nil for none.
  public var map: LabelMap? { try? parsed() }

  /// Whether a map was given, or the word `none`.
  public var isGiven: Bool { !entries.isEmpty }

  private func parsed() throws -> LabelMap? {
    if entries.isEmpty || entries == [LabelMap.noneWord] { return nil }
    do {
      return try LabelMap(parsing: entries)
    } catch {
      guard case CorpusError.invalidLabelMap(let text, let reason) = error else { throw error }
      throw ValidationError("--label-map '\(text)' cannot be used: \(reason); write for example 1,2=0 4,5=1.")
    }
  }
}
