/// Settings of an optimizer that cannot be followed.
public enum OptimizationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No parameter has a name of this pattern.
  case unmatchedPattern(String)
  /// A group's setting is negative or no number.
  case invalidGroup(pattern: String, setting: String, value: Double)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .unmatchedPattern(let pattern): "no parameter of the model is named by the pattern '\(pattern)'"
    case .invalidGroup(let pattern, let setting, let value):
      "the \(setting) of the parameters '\(pattern)' must be a number of 0 or more, not \(value)"
    }
  }
}
