/// An option that earlier tools of this family had, and what becomes of it today.
struct HistoricalOption: Sendable {
  /// What is done with the option when it is met.
  enum Treatment: Sendable {
    /// It has a new name.
    case renamed(String)
    /// It is dropped, with its values, and a notice says why.
    case noEffect(String)
    /// Its feature is not in this version: a usage error.
    case unavailable(String)
    /// As `noEffect` when its value is among the accepted ones, else as `unavailable`.
    case limited(accepted: [String], noEffect: String, unavailable: String)
  }

  /// The name in today's spelling, without dashes.
  let name: String
  let arity: OptionArity
  let treatment: Treatment

  /// The table that applies to `command`: name without dashes → option.
  static func table(for command: CommandName) -> [String: HistoricalOption] {
    var table: [String: HistoricalOption] = [:]
    for option in renamed(for: command) + unavailable(for: command) + ineffective(for: command) {
      table[option.name] = option
    }
    return table
  }

  static func named(
    _ names: [String], arity: OptionArity = .one, _ treatment: Treatment
  ) -> [HistoricalOption] {
    names.map { HistoricalOption(name: $0, arity: arity, treatment: treatment) }
  }
}
