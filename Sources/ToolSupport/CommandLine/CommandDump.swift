import ArgumentParser
import Foundation
import Synchronization

/// What the parser knows of a command: its options as they are declared, in the order of help.
///
/// The parser tells it as JSON (the same as `--experimental-dump-help`), of which this reads what is needed.
struct CommandDump: Decodable {
  /// A command or a job.
  struct Command: Decodable {
    var commandName: String
    var subcommands: [Command]?
    var arguments: [Argument]?

    /// The options that stand in help.
    var options: [Argument] {
      (arguments ?? []).filter { $0.longName != nil && $0.shouldDisplay && !["help", "version"].contains($0.longName) }
    }
  }

  /// An option or an argument.
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }

    var kind: String
    var shouldDisplay: Bool
    var isRepeating: Bool
    var parsingStrategy: String?
    var names: [Name]?
    var sectionTitle: String?
    var valueName: String?
    var defaultValue: String?
    var allValues: [String]?
    var abstract: String?
    var discussion: String?

    /// The name without dashes.
    var longName: String? { names?.first { $0.kind == "long" }?.name }

    /// How many values it takes.
    var arity: OptionArity {
      kind == "flag" ? .flag : isRepeating || parsingStrategy == "upToNextOption" ? .list : .one
    }
  }

  var command: Command

  /// What was asked before: the answer takes the parser longer than everything else on a command line.
  private static let known = Mutex<[ObjectIdentifier: CommandDump]>([:])

  /// What the parser tells of a type; `nil` where it tells something else.
  static func of(_ type: any ParsableArguments.Type) -> CommandDump? {
    let key = ObjectIdentifier(type)
    if let dump = known.withLock({ $0[key] }) { return dump }
    guard let dump = try? JSONDecoder().decode(CommandDump.self, from: Data(type._dumpHelp().utf8)) else { return nil }
    known.withLock { $0[key] = dump }
    return dump
  }
}
