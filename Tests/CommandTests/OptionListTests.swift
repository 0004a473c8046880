import Foundation
import Testing
import ToolSupport

/// The options of every command, pinned: a change of a flag shows up as a change of `Fixtures/options.txt`.
@Suite struct OptionListTests {
  static let commands: [CommandName] = [.pretrain, .transfer, .runClassifier, .generate]

  /// The folder of this file.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func optionsArePinned() throws {
    let pinned = try String(contentsOf: Self.folder.appending(path: "Fixtures/options.txt"), encoding: .utf8)
    let lines = Self.commands.flatMap { command in Self.options(of: command).map { "\(command) \($0)" } }
    #expect(lines == pinned.split(separator: "\n").map(String.init))
  }

  @Test(arguments: commands) func catalogueAgreesWithTheGroups(_ command: CommandName) {
    let expected = Set(Self.options(of: command).map { $0.split(separator: " ")[0].dropFirst(2) })
      .subtracting(["help", "version"])
    let catalogue = OptionCatalogue.options(of: command)
    #expect(Set(catalogue.keys.map { $0[...] }) == expected)
    for line in Self.options(of: command) {
      let parts = line.split(separator: " ", maxSplits: 1)
      let arity = catalogue[String(parts[0].dropFirst(2))]
      if parts.count == 1 {
        #expect(arity == nil || arity == .flag, "\(line)")
      } else {
        #expect(arity == (parts[1].hasSuffix("...") ? .list : .one), "\(line)")
      }
    }
  }

  /// `make manual` writes it.
  @Test func theManualIsCurrent() throws {
    let manual = try String(
      contentsOf: Self.folder.appending(path: "../../script_docs/arguments.md"), encoding: .utf8)
    #expect(OptionManual.updated(manual) == manual)
    for command in Self.commands {
      for option in OptionCatalogue.options(of: command).keys {
        #expect(manual.contains("| `--\(option)"), "\(option)")
      }
    }
  }

  @Test(arguments: commands) func everyOptionHasHelpThatStatesADefault(_ command: CommandName) throws {
    let (outcome, _) = Sample.execute(command, ["--help"])
    #expect(outcome.exitCode == 0)
    let entries = outcome.standardOutput.components(separatedBy: "\n  -").dropFirst()
    #expect(entries.count >= 15)
    for entry in entries where !entry.contains("-help") && !entry.contains("-version") {
      #expect(entry.contains("default:"), "\(entry)")
    }
  }

  /// `--name` or `--name <value>`, `...` behind lists, in the order of help.
  static func options(of command: CommandName) -> [String] {
    let help = Sample.commandType(command).helpMessage(columns: 1000)
    return help.split(separator: "\n").compactMap { line in
      guard let start = line.firstRange(of: "--")?.lowerBound, line.hasPrefix("  -") else { return nil }
      let entry = line[start...]
      let name = entry.prefix { $0 != " " }
      let rest = entry.dropFirst(name.count + 1)
      guard rest.hasPrefix("<") else { return String(name) }
      let isList = ["--data", "--valid", "--test", "--non-binary-cols", "--label-map"].contains(String(name))
      return name + " " + rest.prefix { $0 != ">" } + ">" + (isList ? " ..." : "")
    }
  }
}
