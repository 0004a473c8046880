import ArgumentParser
import Checkpoints
import ToolSupport

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a checkpoint is: its format, its configuration, and its arrays with shapes, types and sums.",
    discussion: "Example: sentiment-tools inspect mlstm.pt")

  @Argument(help: "File or folder to look at.")
  var input: String

  @Flag(help: "Write JSON, for other programs.")
  var json = false

  @Flag(help: "Leave the sums out, so that the numbers need not be read.")
  var noSums = false

  func run() throws {
    let description = try CheckpointDescription(path: input, sums: !noSums)
    try Console.standardOutput.writeLine(json ? description.json.text : description.text)
  }
}
