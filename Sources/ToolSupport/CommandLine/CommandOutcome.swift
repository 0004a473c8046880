/// What a finished command leaves to be printed, and its exit code.
public struct CommandOutcome: Sendable, Equatable {
  /// 0 for success, 1 for a failure, 64 for a mistake on the command line.
  public var exitCode: Int32
  /// Text for standard output, without the last line end; empty for none.
  public var standardOutput: String
  /// Text for standard error, without the last line end; empty for none.
  public var standardError: String

  /// An exit code and its texts.
  public init(exitCode: Int32, standardOutput: String = "", standardError: String = "") {
    self.exitCode = exitCode
    self.standardOutput = standardOutput
    self.standardError = standardError
  }
}
