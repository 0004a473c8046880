/// The options of a normalised command line with their values: what was typed, not what follows from defaults.
struct TypedOptions {
  private var values: [String: [String]] = [:]

  /// Reads `arguments` up to a bare `--`.
  init(_ arguments: [String]) {
    var last: String?
    for argument in arguments.prefix(while: { $0 != "--" }) {
      if argument.hasPrefix("--") {
        let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        values[name, default: []] += parts.dropFirst().map(String.init)
        last = name
      } else if let last {
        values[last]?.append(argument)
      }
    }
  }

  /// Whether the option stands on the line.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The option's last value; nil when it was not typed.
  func value(_ name: String) -> String? { values[name]?.last }

  /// The option's last value as a number; nil when it was not typed or is none.
  func number(_ name: String) -> Double? { value(name).flatMap { Double($0) } }

  /// All values of the option; empty when it was not typed.
  func list(_ name: String) -> [String] { values[name] ?? [] }

  /// Whether `--valid` or `--test` names files.
  func namesFiles(_ name: String) -> Bool { !list(name).isEmpty && !saysNone(name) }

  /// Whether `--valid` or `--test` is switched off.
  func saysNone(_ name: String) -> Bool { list(name) == [DataSelection.noneWord] }
}
