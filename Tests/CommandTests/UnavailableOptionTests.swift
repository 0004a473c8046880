import Testing
import ToolSupport

@Suite struct UnavailableOptionTests {
  static let commands: [CommandName] = [.pretrain, .transfer, .runClassifier]

  static let oneProcess =
    "is not available yet: this version works in one process, which uses every core (see --threads)."
  static let recurrent =
    "is not available yet: this version has the recurrent models mLSTM, LSTM, GRU, ReLU or Tanh."
  static let linearUnit =
    "is not available yet: the classifier of this version is one linear unit on one label column."

  static let everywhere: [(String, String)] = [
    ("--world-size 2", "--world-size 2 \(oneProcess)"),
    ("--distributed-backend nccl", "--distributed-backend \(oneProcess)"),
    ("--rank -1", "--rank \(oneProcess)"),
    ("--multinode-init", "--multinode-init \(oneProcess)"),
    ("--model transformer", "--model transformer \(recurrent)"),
    ("--model=Transformer", "--model Transformer \(recurrent)"),
    ("--decoder-layers 12", "--decoder-layers \(recurrent)"),
    ("--decoder-embed-dim 768", "--decoder-embed-dim \(recurrent)"),
    ("--decoder-ffn-embed-dim 3072", "--decoder-ffn-embed-dim \(recurrent)"),
    ("--decoder-attention-heads 8", "--decoder-attention-heads \(recurrent)"),
    ("--decoder-learned-pos", "--decoder-learned-pos \(recurrent)"),
    ("--decoder-normalize-before", "--decoder-normalize-before \(recurrent)"),
    ("--decoder-embed-path x", "--decoder-embed-path \(recurrent)"),
    ("--share-decoder-input-output-embed", "--share-decoder-input-output-embed \(recurrent)"),
    ("--use-final-embed", "--use-final-embed \(recurrent)"),
    ("--share-all-embeddings", "--share-all-embeddings \(recurrent)"),
    ("--encoder-layers 6", "--encoder-layers \(recurrent)"),
    ("--encoder-learned-pos", "--encoder-learned-pos \(recurrent)"),
    ("--attention-dropout 0.2", "--attention-dropout \(recurrent)"),
    ("--relu-dropout 0.2", "--relu-dropout \(recurrent)"),
  ]

  static let heads: [(String, String)] = [
    ("--classifier-hidden-layers 4096 8", "--classifier-hidden-layers \(linearUnit)"),
    ("--classifier-hidden-activation PReLU", "--classifier-hidden-activation \(linearUnit)"),
    ("--classifier-dropout 0.3", "--classifier-dropout \(linearUnit)"),
    ("--heads-per-class 4", "--heads-per-class \(linearUnit)"),
    ("--use-softmax", "--use-softmax \(linearUnit)"),
    ("--double-thresh", "--double-thresh \(linearUnit)"),
    ("--dual-thresh", "--dual-thresh \(linearUnit)"),
    ("--joint-binary-train", "--joint-binary-train \(linearUnit)"),
  ]

  @Test(arguments: everywhere, commands)
  func refusesWithOneSentence(_ row: (typed: String, sentence: String), _ command: CommandName) {
    let (outcome, _) = Sample.execute(command, row.typed)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: \(row.sentence)\nUsage: \(command) "))
    #expect(outcome.standardError.hasSuffix("See '\(command) --help' for more information."))
    #expect(outcome.standardOutput.isEmpty)
  }

  @Test(arguments: heads, [CommandName.transfer, .runClassifier])
  func refusesClassifierHeads(_ row: (typed: String, sentence: String), _ command: CommandName) {
    let (outcome, _) = Sample.execute(command, row.typed)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: \(row.sentence)\n"))
  }

  @Test func transferRefusesSeveralLabels() {
    let (outcome, _) = Sample.execute(.transfer, "--non-binary-cols anger joy")
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: --non-binary-cols \(Self.linearUnit)\n"))
  }

  @Test(arguments: [("--model transformer", "--model transformer \(recurrent)")])
  func refusesInGenerate(_ row: (typed: String, sentence: String)) {
    let (outcome, _) = Sample.execute(.generate, row.typed)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: \(row.sentence)\n"))
  }

  @Test func showsHelpEvenBesideAnUnavailableOption() {
    let (outcome, _) = Sample.execute(.pretrain, "--world-size 2 --help")
    #expect(outcome.exitCode == 0)
    #expect(outcome.standardOutput.contains("--seq-length"))
  }

  @Test(arguments: [
    ("--text --visualize", "Missing value for '--text': '--visualize' is an option itself."),
    ("--save --quiet", "Missing value for '--save': '--quiet' is an option itself."),
  ])
  func takesNoOptionForAValue(_ row: (typed: String, sentence: String)) {
    let (outcome, _) = Sample.execute(.generate, row.typed)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: \(row.sentence)\n"))
  }

  @Test func asksForTheValueOfALimitedOption() {
    let (outcome, _) = Sample.execute(.pretrain, "--world-size")
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: Missing value for '--world-size'.\n"))
  }
}
