import Foundation

/// The process's two output streams.
public enum Console {
  /// Results that another program can read.
  public static let standardOutput = ConsoleStream(name: "standard output", fileDescriptor: STDOUT_FILENO)
  /// Progress, notices and errors.
  public static let standardError = ConsoleStream(name: "standard error", fileDescriptor: STDERR_FILENO)

  /// Writes one line to standard error.
  ///
  /// A closed or full standard error does not stop the work, so failures are
  /// ignored.
  public static func note(_ line: String) {
    try? standardError.writeLine(line)
  }

  /// Columns to fill on `stream`: the terminal's, else `COLUMNS`, else 80.
  public static func width(
    of stream: ConsoleStream, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Int {
    stream.terminalWidth ?? environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
  }

  /// Whether `stream` is to show colours.
  ///
  /// See `usesColor(isTerminal:environment:)`.
  public static func usesColor(on stream: ConsoleStream) -> Bool {
    usesColor(isTerminal: stream.isTerminal, environment: ProcessInfo.processInfo.environment)
  }

  /// The colour decision: a non-empty `NO_COLOR` forbids, then `CLICOLOR_FORCE` other than `0` demands, then a
  /// terminal that is not `dumb` and has no `CLICOLOR=0` allows.
  public static func usesColor(isTerminal: Bool, environment: [String: String]) -> Bool {
    if environment["NO_COLOR"]?.isEmpty == false { return false }
    if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
    return isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
  }
}
