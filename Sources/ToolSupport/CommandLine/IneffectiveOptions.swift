/// Finds options that were typed and change nothing beside the others on the line.
///
/// Only what the line itself tells is looked at; what depends on files is told where they are read.
struct IneffectiveOptions {
  let typed: TypedOptions
  private(set) var notices: [String] = []

  private init(_ typed: TypedOptions) { self.typed = typed }

  /// One sentence for each option without effect.
  static func notices(_ typed: TypedOptions, of command: CommandName) -> [String] {
    var options = IneffectiveOptions(typed)
    switch command {
    case .pretrain: options.checkPretrain()
    case .transfer: options.checkTransfer()
    case .runClassifier: options.checkRunClassifier()
    case .generate: options.checkGenerate()
    case .sentimentTools: break
    }
    if let threads = typed.number("threads"), threads > Double(ExecutionOptions.mostThreads) {
      options.notices.append(
        "--threads \(Int(threads)) is more than can help; \(ExecutionOptions.mostThreads) are used.")
    }
    return options.notices
  }

  /// Notes those of `names` that were typed, when `condition` holds; `reason` is a clause.
  mutating func note(_ names: String..., when condition: Bool, _ reason: String) {
    guard condition else { return }
    for name in names where typed.has(name) {
      let start = "--\(name) has no effect here: "
      if !notices.contains(where: { $0.hasPrefix(start) }) { notices.append(start + reason + ".") }
    }
  }
}
