import ArgumentParser
import Files
import Foundation
import ToolSupport

/// For developers: brings the tables of options in a manual up to what the commands declare.
struct UpdateManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update-manual", abstract: "Write the tables of options into script_docs/arguments.md.",
    shouldDisplay: false)

  @Argument(help: "The manual, whose marked places are replaced.")
  var path: String

  func run() throws {
    let manual = try String(contentsOfFile: path, encoding: .utf8)
    try AtomicFile.write(Data(OptionManual.updated(manual).utf8), to: path)
  }
}
