import ArgumentParser
import ToolSupport

/// Lets a job be stopped between two lines, so that it removes what it has half written.
enum Interruption {
  /// Ends the job when the user asked for it.
  ///
  /// - Throws: `ExitCode`, 130 after Ctrl-C.
  static func check() throws {
    if let code = InterruptMonitor.exitCode { throw ExitCode(code) }
  }
}
