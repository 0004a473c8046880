extension HistoricalOption {
  /// Names that today's options had, or were given in old instructions.
  static func renamed(for command: CommandName) -> [HistoricalOption] {
    switch command {
    case .pretrain, .transfer:
      named(["load-model"], .renamed("load")) + named(["val"], arity: .list, .renamed("valid"))
    case .runClassifier:
      named(["load-model"], .renamed("load"))
    case .generate:
      named(["load-model"], .renamed("load")) + named(["heatmap"], arity: .flag, .renamed("visualize"))
    case .sentimentTools:
      []
    }
  }

  /// Words that old instructions wrote with one dash or none at all → today's option.
  ///
  /// The keys are already in dashed spelling: `-loose_json` is looked up as `-loose-json`.
  static func shortSpellings(for command: CommandName) -> [String: String] {
    switch command {
    case .generate:
      [
        "-text": "text", "-overwrite": "overwrite", "-temperature": "temperature", "-neuron": "neuron",
        "-negate": "negate", "negate": "negate",
      ]
    case .pretrain, .transfer, .runClassifier:
      ["-loose-json": "loose-json"]
    case .sentimentTools:
      [:]
    }
  }
}
