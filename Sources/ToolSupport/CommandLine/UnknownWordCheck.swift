import ArgumentParser

/// Tells unknown options and jobs before the parser looks at the line: it would complain first about what is missing,
/// which with a misspelt name is the wrong thing to say.
enum UnknownWordCheck {
  /// Options of the parser itself.
  private static let general: Set = [
    "help", "help-hidden", "version", "experimental-dump-help", "generate-completion-script",
  ]

  /// Refuses an option that is not among `offered`.
  ///
  /// - Parameter arguments: a normalised command line, in which values that begin with a dash are joined to their option.
  /// - Throws: `ValidationError` naming the option and the one that was probably meant.
  static func requireKnownOptions(_ arguments: [String], offered: some Collection<String>) throws {
    let known = general.union(offered)
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("-") && argument.count > 1 {
      let typed = String(argument.prefix { $0 != "=" })
      let name = String(typed.drop { $0 == "-" })
      if typed == "-h" || (typed.hasPrefix("--") && known.contains(name)) { continue }
      let nearest = offered.contains(name) ? name : NearestWord.of(name, among: offered)
      throw ValidationError(
        "Unknown option '\(typed)'" + (nearest.map { ". Did you mean '--\($0)'?" } ?? ""))
    }
  }

  /// Refuses a job that `type` does not have; does nothing for a command without jobs.
  ///
  /// - Throws: `ValidationError` naming the job and the one that was probably meant, or else all of them.
  static func requireKnownJobs(_ arguments: [String], of type: any ParsableCommand.Type) throws {
    var current = type
    var rest = arguments[...]
    while !current.configuration.subcommands.isEmpty {
      rest = rest.drop { $0.hasPrefix("-") || $0 == "help" }
      guard let word = rest.first else { return }
      let jobs = current.configuration.subcommands
      guard let job = jobs.first(where: { $0._commandName == word }) else {
        let names = jobs.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
        let list = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        throw ValidationError(
          "Unknown job '\(word)'. "
            + (NearestWord.of(word, among: names).map { "Did you mean '\($0)'?" } ?? "The jobs are \(list)."))
      }
      current = job
      rest = rest.dropFirst()
    }
  }
}
