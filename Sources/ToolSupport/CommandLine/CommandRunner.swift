import ArgumentParser
import Corpora
import Files
import Foundation

/// Starts a command: normalises and parses its arguments, runs it, and turns every error into a sentence and an exit
/// code.
public enum CommandRunner {
  /// The exit code when the reader of standard output has gone away: what a shell reports for SIGPIPE.
  static let closedPipeExitCode: Int32 = 128 + SIGPIPE

  /// Runs a command with the process's arguments, and leaves the process with its exit code.
  ///
  /// - Parameters:
  ///   - type: The command.
  ///   - name: Its name, which decides about historical options.
  ///   - engine: Facts for `--version`, asked for only then.
  public static func launch<Command: ParsableCommand>(
    _ type: Command.Type, as name: CommandName, engine: () -> KeyValuePairs<String, String> = { [:] }
  ) -> Never {
    let arguments = typedArguments
    // Telling about itself needs none of what the program would be started anew for.
    if !asksOnlyForText(arguments) { prepareProcess() }
    // A reader that goes away is noticed by the failing write; the default would kill a training run whose progress
    // is piped somewhere.
    signal(SIGPIPE, SIG_IGN)
    let outcome = execute(
      type, as: name, arguments: arguments, engine: engine, notice: Console.note)
    if !outcome.standardError.isEmpty { Console.note(outcome.standardError) }
    var exitCode = outcome.exitCode
    if !outcome.standardOutput.isEmpty {
      do {
        try Console.standardOutput.writeLine(outcome.standardOutput)
      } catch ToolError.closedPipe {
        exitCode = closedPipeExitCode
      } catch {
        Console.note("Error: \(error)")
        exitCode = 1
      }
    }
    exit(exitCode)
  }

  /// Whether the line is one word that asks for the version or for help.
  static func asksOnlyForText(_ arguments: [String]) -> Bool {
    arguments.count == 1 && ["--version", "--help", "-h"].contains(arguments[0])
  }

  /// What the user typed, names of files that are not UTF-8 included.
  private static var typedArguments: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0].map { FileName.decoded($0) } }
  }

  /// Sets up threads and signals; the first thing that a program does.
  public static func prepareProcess() {
    // Before any thread is started, and before the program takes its own place: its libraries may start some.
    let wereBlocked = InterruptMonitor.block()
    RuntimeEnvironment.prepare(signalsWereBlocked: wereBlocked)
    InterruptMonitor.start()
  }

  /// Runs a command and returns what is to be printed; the command itself may have printed before.
  ///
  /// - Parameters:
  ///   - type: The command.
  ///   - name: Its name.
  ///   - arguments: What the user typed, without the program's name.
  ///   - engine: Facts for `--version`.
  ///   - notice: Takes a line about each option that was dropped, before the command runs.
  public static func execute<Command: ParsableCommand>(
    _ type: Command.Type, as name: CommandName, arguments: [String],
    engine: () -> KeyValuePairs<String, String> = { [:] }, notice: (String) -> Void
  ) -> CommandOutcome {
    do {
      // What is offered need not be asked of the parser for that.
      let normalized =
        asksOnlyForText(arguments)
        ? NormalizedArguments(arguments: arguments, requestsVersion: arguments == ["--version"])
        : try CommandLineNormalizer.normalize(arguments, for: name, of: type)
      if normalized.requestsVersion {
        return CommandOutcome(
          exitCode: 0, standardOutput: VersionText.render(command: name, engine: engine()))
      }
      if !CommandLineNormalizer.asksForHelp(normalized.arguments) {
        try UnknownWordCheck.requireKnownJobs(normalized.arguments, of: type)
        let offered = OptionCatalogue.options(of: type, arguments: normalized.arguments)
        if !offered.isEmpty { try UnknownWordCheck.requireKnownOptions(normalized.arguments, offered: offered.keys) }
      }
      normalized.notices.forEach { notice("Note: " + $0.withoutControls) }
      var command = try type.parseAsRoot(normalized.arguments)
      IneffectiveOptions.notices(TypedOptions(normalized.arguments), of: name).forEach { notice("Note: " + $0) }
      try command.run()
      return CommandOutcome(exitCode: 0)
    } catch {
      return outcome(of: error, for: type)
    }
  }

  private static func outcome<Command: ParsableCommand>(
    of error: any Error, for type: Command.Type
  ) -> CommandOutcome {
    if let code = InterruptMonitor.exitCode, isOfNoAccountOnceStopped(error) { return CommandOutcome(exitCode: code) }
    if case ToolError.closedPipe = error { return CommandOutcome(exitCode: closedPipeExitCode) }
    let code = type.exitCode(for: error).rawValue
    let columns = HelpWidth.columns()
    if code == 0 {
      let help = type.fullMessage(for: error, columns: columns)
      // Completion scripts and dumps of the options come this way too, and must stay as they are.
      let isHelp = help.hasPrefix("OVERVIEW: ") || help.hasPrefix("USAGE: ")
      return CommandOutcome(
        exitCode: 0, standardOutput: isHelp ? HelpWidth.wrapped(help, columns: columns) : help)
    }
    if error is ExitCode { return CommandOutcome(exitCode: code) }
    if code == ExitCode.validationFailure.rawValue {
      return CommandOutcome(exitCode: code, standardError: type.fullMessage(for: error).withoutControls)
    }
    return CommandOutcome(exitCode: code, standardError: "Error: \(sentence(for: error).withoutControls)")
  }

  /// Whether an error only says that a command was stopped, or that its terminal has gone.
  private static func isOfNoAccountOnceStopped(_ error: any Error) -> Bool {
    switch error {
    case CorpusError.stopped, ToolError.closedPipe, ToolError.streamFailure: true
    default: false
    }
  }

  /// The sentence of an error: its own description with advice behind it, or the system's wording of a system error.
  static func sentence(for error: any Error) -> String {
    if Swift.type(of: error) is NSError.Type || error is any CustomNSError {
      return error.localizedDescription
    }
    if let localized = error as? any LocalizedError, let text = localized.errorDescription { return text }
    return Advice.sentence(String(describing: error), of: error)
  }
}
