/// How many values follow an option.
public enum OptionArity: Sendable, Equatable {
  /// A switch: no value.
  case flag
  /// Exactly one value, which may begin with a dash (`--seed -1`).
  case one
  /// Any number of values up to the next option.
  case list
}
