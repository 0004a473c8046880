import ArgumentParser

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn a published data set into the files that the commands read by default.",
    subcommands: [
      ImportTreebankCommand.self, ImportMovieReviewsCommand.self, ImportTweetEmotionsCommand.self,
      ImportProductReviewsCommand.self,
    ])
}
