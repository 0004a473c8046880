import Analysis
import Checkpoints
import Corpora
import Foundation
import Models
import Testing
import ToolSupport
import Training

/// Which option helps is known to the commands alone, and put behind what the library says.
@Suite struct AdviceTests {
  private static func tally(_ labels: [Float]) -> LabelTally {
    var tally = LabelTally(column: "label")
    labels.forEach { tally.add($0) }
    return tally
  }

  static let examples: [(any CustomStringConvertible & Sendable, String)] = [
    (
      CorpusError.unbalancedQuote(path: "a.csv", line: 3),
      "a.csv, line 3: a quote is opened and never closed; if quotes are part of the texts, add --quoting none"
    ),
    (
      CorpusError.missingColumn(path: "a.csv", column: "text", found: ["label\ttext"]),
      "a.csv has no column \"text\"; its columns are \"label\\ttext\"; add --delim tab"
    ),
    (
      CorpusError.invalidUTF8(path: "a", line: 1),
      "a, line 1: bytes that are not UTF-8; if the file is Latin-1, add --encoding latin1"
    ),
    (
      CorpusError.foreignFile(path: "a.csv", kind: .utf16),
      "a.csv is text in UTF-16 without a byte-order mark; add --encoding utf-16le or utf-16be"
    ),
    (
      CorpusError.tokenizerNotTrained(.tooManyPieces(asked: 900, most: 70)),
      "no SentencePiece model can be trained: the text gives no more than 70 pieces, and 900 were asked for; lower "
        + "--vocab-size to 70 or less"
    ),
    (CorpusError.noFiles, "no file to read was given"),
    (
      ReadingNotice.withoutEffect(path: "a.json", setting: .delimiter, reason: "is JSON"),
      "the delimiter that was asked for has no effect on a.json, which is JSON; leave out --delim"
    ),
    (
      ModelError.tiedWidthsDiffer(embeddingSize: 2, hiddenSize: 3),
      "a tied decoder needs an embedding as wide as the hidden state, but the embedding has 2 and the hidden state 3 "
        + "units; make them equal or leave out --tied"
    ),
    (
      TrainingError.differentRun(path: "s", what: .batchSize, saved: "4", now: "5"),
      "cannot continue from s: it was made with batch size 4, and this run has 5; give --batch-size 4"
    ),
    (
      TrainingError.lossNotFinite(step: 3, rate: 1, isClipped: false),
      "the loss is no longer a finite number at step 3 (learning rate 1.0); nothing was saved since the last checkpoint; "
        + "try a lower --lr or --clip 1"
    ),
    (
      AnalysisError.neuronNotKnown(path: "m"),
      "m has no classifier, so its sentiment neuron is not known; name one with --neuron, or load the "
        + "classifier.safetensors that transfer wrote."
    ),
    (
      AnalysisError.unusableLabels(split: "training", found: tally([1, 2, 3])),
      "The training labels in \"label\" are 1 (1 row), 2 (1 row) and 3 (1 row), and this classifier tells two classes "
        + "apart, 0 and 1; say which labels become them, for example --label-map 1=0 3=1, where rows with other labels "
        + "drop out. To tell more than two classes apart takes another tool."
    ),
    (
      AnalysisError.unusableLabels(split: "training", found: tally([1, -1])),
      "1 row of the training data has no known label: the labels in \"label\" are 1 (1 row) and not known (1 row), and "
        + "-1 means not known; if -1 is a class here, add --label-map -1=0 1=1."
    ),
    (
      LabelRefusal.notBinary(tally([1, 2])),
      "the labels in \"label\" are 1 (1 row) and 2 (1 row), and the classifier's are 0 and 1; say which labels become "
        + "them, for example --label-map 1=0 2=1"
    ),
  ]

  @Test(arguments: examples.indices) func standsBehindTheSentence(index: Int) {
    let (said, expected) = Self.examples[index]
    #expect(Advice.sentence(said) == expected)
  }

  /// Every option that advice names is one of a command.
  @Test func namesOptionsThatExist() throws {
    let offered = Set(CommandName.allCases.flatMap { OptionCatalogue.options(of: $0).keys })
      // `convert` is a job of sentiment-tools, which declares its options itself.
      .union(["layout", "force"])
    let folder = OptionListTests.folder.appending(path: "../../Sources/ToolSupport/Advice")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let named = try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).matches(of: /--([a-z][a-z-]*)/).map { String($0.1) }
    }
    #expect(named.count > 40)
    #expect(Set(named).subtracting(offered).isEmpty)
  }

  /// What the library says has no option in it; comments may name one.
  @Test func theLibraryNamesNoOption() throws {
    let sources = OptionListTests.folder.appending(path: "../../Sources")
    for target in [
      "Files", "Tensors", "Corpora", "Models", "Formats", "Checkpoints", "Optimization", "Training", "Analysis",
      "Drawings",
    ] {
      let files = try #require(
        FileManager.default.enumerator(at: sources.appending(path: target), includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        for line in lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
          #expect(!line.contains(/--[a-z]/), "\(file.lastPathComponent): \(line)")
        }
      }
    }
  }
}
