/// What can go wrong between a command and its terminal or its report file.
public enum ToolError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reader of standard output or standard error has gone away (for example `| head`).
  case closedPipe
  /// A stream could not be written; `reason` is the operating system's own sentence.
  case streamFailure(name: String, reason: String)

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .closedPipe:
      "The program reading this output has ended."
    case .streamFailure(let name, let reason):
      "Cannot write to \(name): \(reason)."
    }
  }
}
