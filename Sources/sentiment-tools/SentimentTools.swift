import ArgumentParser
import ToolSupport

@main
struct SentimentTools: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sentiment-tools",
    abstract: "Small jobs around data sets and models.",
    subcommands: [
      ImportCommand.self, ShardCommand.self, ConvertCommand.self, InspectCommand.self, MakeSampleDataCommand.self,
      UpdateManualCommand.self,
    ])

  static func main() {
    CommandRunner.launch(Self.self, as: .sentimentTools, engine: EngineDescription.lines)
  }
}
