import ArgumentParser
import Checkpoints
import ToolSupport

/// The commands as the executables put them together, with a `run()` that does nothing.
enum Sample {
  struct Pretrain: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pretrain", version: PackageVersion.text)
    @OptionGroup var options: PretrainArguments
    func run() {}
  }

  struct Transfer: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "transfer", version: PackageVersion.text)
    @OptionGroup var options: TransferArguments
    func run() {}
  }

  struct RunClassifier: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run-classifier", version: PackageVersion.text)
    @OptionGroup var options: RunClassifierArguments
    func run() {}
  }

  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "generate", version: PackageVersion.text)
    @OptionGroup var options: GenerateArguments
    func run() {}
  }

  static func commandType(_ name: CommandName) -> any ParsableCommand.Type {
    switch name {
    case .pretrain, .sentimentTools: Pretrain.self
    case .transfer: Transfer.self
    case .runClassifier: RunClassifier.self
    case .generate: Generate.self
    }
  }

  /// Normalises and parses a command line given as words separated by single spaces.
  static func pretrain(_ line: String = "") throws -> PretrainArguments {
    try Pretrain.parse(words(line, .pretrain)).options
  }

  static func transfer(_ line: String = "") throws -> TransferArguments {
    try Transfer.parse(words(line, .transfer)).options
  }

  static func runClassifier(_ line: String = "") throws -> RunClassifierArguments {
    try RunClassifier.parse(words(line, .runClassifier)).options
  }

  static func generate(_ line: String = "") throws -> GenerateArguments {
    try Generate.parse(words(line, .generate)).options
  }

  /// What a command prints and returns.
  static func execute(_ name: CommandName, _ arguments: [String]) -> (CommandOutcome, notices: [String]) {
    func run<Command: ParsableCommand>(_ type: Command.Type) -> (CommandOutcome, notices: [String]) {
      var notices: [String] = []
      let outcome = CommandRunner.execute(type, as: name, arguments: arguments) { notices.append($0) }
      return (outcome, notices)
    }
    return run(commandType(name))
  }

  static func execute(_ name: CommandName, _ line: String) -> (CommandOutcome, notices: [String]) {
    execute(name, split(line))
  }

  static func split(_ line: String) -> [String] {
    line.isEmpty ? [] : line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
  }

  private static func words(_ line: String, _ name: CommandName) throws -> [String] {
    try CommandLineNormalizer.normalize(split(line), for: name).arguments
  }
}
