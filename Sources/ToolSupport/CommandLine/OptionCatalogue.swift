import ArgumentParser

/// The options that a command offers, with the number of values they take, as the parser knows them.
///
/// The normaliser needs it before parsing, to tell option names from values (`--text --weird`).
public enum OptionCatalogue {
  /// The options of a type: canonical name without dashes → arity.
  ///
  /// - Parameter arguments: a command line, whose first words name one of the type's jobs; empty where they do not.
  public static func options(of type: any ParsableArguments.Type, arguments: [String] = []) -> [String: OptionArity] {
    guard var command = CommandDump.of(type)?.command else { return [:] }
    var words = arguments.prefix { !$0.hasPrefix("-") }[...]
    while let jobs = command.subcommands?.filter({ $0.commandName != "help" }), !jobs.isEmpty {
      guard let word = words.popFirst(), let job = jobs.first(where: { $0.commandName == word }) else { return [:] }
      command = job
    }
    return Dictionary(
      command.options.compactMap { option in option.longName.map { ($0, option.arity) } }, uniquingKeysWith: { $1 })
  }

  /// The options of `command`; none for `sentiment-tools`, whose jobs have them.
  public static func options(of command: CommandName) -> [String: OptionArity] {
    command.optionGroup.map { options(of: $0) } ?? [:]
  }
}

extension CommandName {
  /// All options of the command in one type; `nil` for `sentiment-tools`, which has jobs.
  public var optionGroup: (any ParsableArguments.Type)? {
    switch self {
    case .pretrain: PretrainArguments.self
    case .transfer: TransferArguments.self
    case .runClassifier: RunClassifierArguments.self
    case .generate: GenerateArguments.self
    case .sentimentTools: nil
    }
  }
}
