import Foundation
import Testing
import ToolSupport

/// Labels of other than two classes: said before the work, and made usable.
@Suite struct LabelMapCommandTests {
  private static let line = "transfer --threads 1 --batch-size 16 --load lang_model.safetensors "

  /// The training rows with stars in place of labels.
  private func stars(_ bench: CommandBench) throws -> String {
    try "label,sentence\n"
      + bench.lines("train.csv").dropFirst().enumerated().map { index, line in
        let stars = line.hasPrefix("1,") ? [4, 5, 3][index % 3] : [1, 2, 3][index % 3]
        return "\(stars),\(line.dropFirst(2))\n"
      }.joined()
  }

  @Test func starsAreRefusedAndMapped() throws {
    try ReviewSamples.useModel { bench in
      try bench.write(stars(bench), to: "stars.csv")
      let refused = try bench.run(Self.line + "--data stars.csv --save-results new --quiet")
      #expect(refused.status == 1 && !bench.exists("lang_model_transfer/new"))
      #expect(refused.errors.hasPrefix("Error: The training labels in \"label\" are 1 ("))
      #expect(refused.errors.contains("--label-map 1,2=0 4,5=1"))

      let run = try bench.succeed(
        Self.line + "--data stars.csv --save-results new --report report.json --label-map 1,2=0 4,5=1")
      #expect(run.errors.contains("train: 40 rows read, 20 skipped (label not in the label map: "))
      #expect(run.errors.contains("train labels: 0 ("))
      #expect(try bench.report()["label_map"] as? String == "1,2=0 4,5=1")
      #expect(try bench.number("rows_skipped") == 20)
      let accuracy = try bench.number("train_accuracy_all_neurons")

      let classify =
        "run-classifier --threads 1 --load lang_model_transfer/new/classifier.safetensors --data stars.csv "
      let scored = try bench.succeed(classify + "--report report.json")
      #expect(scored.output.contains("% accuracy of label over 40 of 60 rows, whose label is known\n"))
      #expect(scored.errors.contains("not scored: 20 rows (such as 3)"))
      #expect(abs(try bench.number("accuracy") - accuracy) < 1e-9)
      let none = try bench.succeed(classify + "--label-map none")
      #expect(!none.output.contains("accuracy") && none.errors.contains("answers are not scored: the labels in"))
    }
  }

  @Test func signsAndNamesAreMappedOnTheCommandLine() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("label,sentence\n-1,Bad\n1,Good\n-1,Dull\n1,Fine\n", to: "signs.csv")
      try bench.succeed(Self.line + "--data signs.csv --label-map -1=0 1=1 --save-results signs")
      let classify = "run-classifier --threads 1 --load \(ReviewSamples.classifier) "
      try bench.write("label,sentence\nfalse,Bad\ntrue,Good\nperhaps,So\n", to: "words.csv")
      let run = try bench.succeed(classify + "--data words.csv --label-map false=0 true=1 --write-results t.csv")
      #expect(run.errors.contains("label not in the label map: 1, at line 4"))
      #expect(try bench.lines("t.csv").dropFirst().map { $0.prefix(2) } == ["0,", "1,"])
    }
  }

  @Test func unusableMapsAreUsageErrors() throws {
    for (options, sentence) in [
      ("--label-map 1", "--label-map '1' cannot be used: an entry is written as labels=class"),
      ("--label-map 1=0 1=1", "it makes 1 both 0 and 1"), ("--label-map 1=2", "not 2"),
      ("--label-map 1=0", "--label-map must say for both classes which labels become them"),
    ] {
      let (outcome, _) = Sample.execute(.transfer, "--load m.pt " + options)
      #expect(outcome.exitCode == 64 && outcome.standardError.contains(sentence), "\(outcome.standardError)")
    }
  }

  @Test func namesOutsideOfTheClassesAreRefused() throws {
    try ReviewSamples.useModel { bench in
      try bench.expectFailure(
        "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data test.csv --label-map 0=no 1=yes",
        "the label map \"0=no 1=yes\" cannot be used: \"no\" is none of the classes 0 and 1")
    }
  }
}

/// What somebody new would take for something else.
@Suite struct PlainSpeechCommandTests {
  private static let line = "transfer --threads 1 --batch-size 16 --load lang_model.safetensors --report report.json "

  @Test func noTrainingScoreIsCalledValidation() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.succeed(Self.line + "--data train.csv")
      #expect(run.output.contains(", not scored, not scored train, val, test accuracy for all neuron regression\n"))
      #expect(run.errors.contains("no validation rows: the strength of the penalty is chosen by the training score"))
      #expect(try bench.report()["validation_accuracy_all_neurons"] is NSNull)
      #expect(try bench.text("lang_model_transfer/sentiment/all_neurons_score.txt").hasSuffix(", null, null]\n"))
    }
  }

  @Test func aClassifierThatReadsNothingSaysSo() throws {
    try ReviewSamples.useModel { bench in
      let rows = (0..<8).map { "\($0 % 2),Same words.\n" }.joined()
      try bench.write("label,sentence\n" + rows, to: "equal.csv")
      let run = try bench.succeed(Self.line + "--data equal.csv --save-results equal")
      #expect(
        run.output.contains(
          "0 features used in all neuron regression: every text gets the same answer, probability 0.50\n"))
      let applied = try bench.succeed(
        "run-classifier --threads 1 --load lang_model_transfer/equal/classifier.safetensors --data test.csv --quiet")
      #expect(applied.errors.contains("every text gets the same answer"))
    }
  }

  @Test func anUntrainedModelIsCalledThat() throws {
    try ReviewSamples.use { bench in
      let run = try bench.succeed(ReviewSamples.transfer + " --nhid 16 --report report.json --quiet")
      #expect(run.errors.contains("Note: without --load the features are those of an untrained model (mLSTM, 16 units"))
      #expect(try bench.report()["trained_model"] as? Bool == false)
    }
  }

  @Test(arguments: ["./here", "results/deep/", "/"])
  func resultsGoToAnyFolder(name: String) throws {
    try ReviewSamples.useModel { bench in
      let folder = name == "/" ? bench.path("absolute") : name
      try bench.succeed(Self.line + "--data train.csv --save-results \(folder)")
      let found = name == "/" ? "absolute" : folder
      #expect(bench.exists(found + "/classifier.safetensors") && bench.exists(found + "/weight_vis.png"))
      // Never over the model that was loaded.
      let again = try bench.run(
        "transfer --threads 1 --data train.csv --load \(found)/classifier.safetensors --save-results \(folder)")
      #expect(again.status == 64 && again.errors.contains("--save-results would replace"))
    }
  }

  @Test func aFolderInPlaceOfAResultIsFoundBeforeTheWork() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("x", to: "r/neurons.npy/inside")
      try bench.expectFailure(
        "transfer --threads 1 --load lang_model.safetensors --data train.csv --save-results ./r",
        "cannot write ./r/neurons.npy: it is a folder")
      try bench.write("x", to: "p.pred.npy/inside")
      try bench.expectFailure(
        "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data test.csv --save-probs p.npy",
        "cannot write p.pred.npy: it is a folder")
    }
  }

  @Test(arguments: ["pretrain", "transfer --load m.pt", "generate"])
  func seedsAreTheSameNumbersEverywhere(command: String) throws {
    let words = command.split(separator: " ", maxSplits: 1).map(String.init)
    let name = try #require(CommandName(rawValue: words[0]))
    let rest = words.dropFirst().map { $0 + " " }.joined()
    #expect(Sample.execute(name, rest + "--seed 4294967295").0.exitCode == 0)
    #expect(Sample.execute(name, rest + "--seed -5").0.exitCode == 0)
    let (refused, _) = Sample.execute(name, rest + "--seed 4294967296")
    #expect(refused.exitCode == 64)
    #expect(
      refused.standardError.contains("--seed must be at most 4,294,967,295, not 4,294,967,296; a negative number"))
  }
}
