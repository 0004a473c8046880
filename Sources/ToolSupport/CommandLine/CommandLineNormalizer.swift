import ArgumentParser

/// Rewrites a raw command line into today's spelling before it is parsed.
///
/// - Underscores in the name of a long option become dashes (`--text_key=a_b` → `--text-key=a_b`). Values are left
///   alone, and so is everything behind a bare `--`.
/// - Names of earlier tools become today's (`--load_model` → `--load`).
/// - Options that no longer do anything are dropped, each with a notice.
/// - Options whose feature this version lacks are refused.
/// - `--valid` and `--test` without a value become `--valid none` and `--test none`.
/// - A value that begins with a dash is joined to its option (`--text=-- x`), since the parser would otherwise
///   refuse some of them.
public enum CommandLineNormalizer {
  /// Normalises the arguments of one command.
  ///
  /// - Parameters:
  ///   - arguments: What the user typed, without the program's name.
  ///   - command: The command they are for.
  ///   - type: What declares its options; by default the command's own group of them.
  /// - Throws: `ValidationError` (exit code 64) for an option that is not available, or one whose value is missing.
  ///   With `--help` among the options nothing is thrown, so that help is always shown.
  public static func normalize(
    _ arguments: [String], for command: CommandName, of type: (any ParsableArguments.Type)? = nil
  ) throws -> NormalizedArguments {
    let offered = (type ?? command.optionGroup).map { OptionCatalogue.options(of: $0, arguments: arguments) } ?? [:]
    var scanner = ArgumentScanner(arguments, command: command, offered: offered)
    do {
      return try scanner.scan()
    } catch {
      guard asksForHelp(arguments) else { throw error }
      return NormalizedArguments(arguments: ["--help"])
    }
  }

  /// Whether help is asked for before a bare `--`.
  static func asksForHelp(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains { ["--help", "-h"].contains($0) }
  }
}
