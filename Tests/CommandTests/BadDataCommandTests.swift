import Foundation
import Testing

/// Texts that cannot be read: one sentence, exit code 1, and no file made or changed.
@Suite struct BadDataCommandTests {
  /// Commands that read `bad.csv`; results would go to a folder that is not there yet.
  private static let readers = [
    ReviewSamples.pretrain.replacing("unsup.csv", with: "bad.csv") + "2 --save new/deep/m.safetensors",
    ReviewSamples.pretrain + "2 --valid bad.csv",
    ReviewSamples.pretrain.replacing("unsup.csv", with: "bad.csv") + "2 --lazy",
    "transfer --threads 1 --data bad.csv --load lang_model.safetensors --save-results new",
    "transfer --threads 1 --data train.csv --valid bad.csv --load lang_model.safetensors --save-results new",
    "run-classifier --threads 1 --data bad.csv --load \(ReviewSamples.classifier) --save-probs p.npy",
  ]

  private static let files: [(name: String, content: Data, sentence: String)] = [
    ("empty", Data(), "bad.csv is empty"),
    ("blank", Data("\n\n \n".utf8), "bad.csv is empty"),
    ("header only", Data("label,sentence\n".utf8), "bad.csv has no usable rows: only a header"),
    ("all rows empty", Data("label,sentence\n1,\n".utf8), "bad.csv has no usable rows: 1 row, all of them skipped"),
    (
      "missing column", Data("label,text\n1,Good\n".utf8),
      "bad.csv has no column \"sentence\"; its columns are \"label\", \"text\""
    ),
    (
      "unbalanced quote", Data("label,sentence\n1,Good\n0,\"Bad\n1,Fine\n".utf8),
      "bad.csv, line 3: a quote is opened and never closed; if quotes are part of the texts, add --quoting none"
    ),
    (
      "not UTF-8", Data("label,sentence\n1,Good\n0,caf".utf8) + Data([0xE9, 0x0A]),
      "bad.csv, line 3: bytes that are not UTF-8; if the file is Latin-1, add --encoding latin1"
    ),
    (
      "a field too many", Data("label,sentence\n1,Good, fine\n".utf8),
      "bad.csv, line 2: 3 fields where the header has 2"
    ),
  ]

  @Test(arguments: files.indices)
  func unreadableTexts(index: Int) throws {
    let file = Self.files[index]
    try ReviewSamples.useModel { bench in
      try bench.write(file.content, to: "bad.csv")
      for line in Self.readers { try bench.expectFailure(line, file.sentence) }
    }
  }

  @Test func missingFiles() throws {
    try ReviewSamples.useModel { bench in
      for line in Self.readers { try bench.expectFailure(line, "bad.csv does not exist") }
      try FileManager.default.createDirectory(atPath: bench.path("bad.csv"), withIntermediateDirectories: false)
      for line in Self.readers { try bench.expectFailure(line, "bad.csv is a folder, not a file") }
      try bench.expectFailure("pretrain --data x.png", "x.png does not exist")
      try bench.write("x", to: "x.png")
      try bench.expectFailure(
        "pretrain --data x.png",
        "x.png has the unknown extension .png; expected .csv, .tsv, .json, .jsonl, .ndjson or .txt, each "
          + "also with .gz")
    }
  }

  @Test func missingDefaultsNameTheImport() throws {
    try ReviewSamples.useModel { bench in
      let sst = "make it with: sentiment-tools import sst --input trees --output data/binary_sst"
      try bench.expectFailure(
        "pretrain",
        "./data/imdb/unsup.json does not exist; make it with: sentiment-tools import imdb --input aclImdb --output "
          + "data/imdb")
      try bench.expectFailure(
        "transfer --load lang_model.safetensors", "data/binary_sst/train.csv does not exist; " + sst)
      try bench.expectFailure(
        "run-classifier --load \(ReviewSamples.classifier)", "data/binary_sst/test.csv does not exist; " + sst)
    }
  }

  @Test func badJSON() throws {
    try ReviewSamples.useModel { bench in
      for (content, sentence) in [
        (
          "[{\"sentence\": \"a\", \"label\": 1},\n{\"sentence\": ]",
          "bad.json, line 2: not valid JSON, expected a value"
        ),
        (
          "[{\"text\": \"a\", \"label\": 1}]",
          "bad.json, line 1: the object has no key \"sentence\"; its keys are \"text\", \"label\""
        ),
        (
          "{\"sentence\": \"a\", \"label\": 1}\n{\"sentence\": [1], \"label\": 0}",
          "bad.json, line 2: \"sentence\" is not a text"
        ),
      ] {
        try bench.write(content, to: "bad.json")
        for line in Self.readers where !line.contains("--valid") {
          try bench.expectFailure(line.replacing("bad.csv", with: "bad.json"), sentence)
        }
      }
    }
  }

  @Test func labelsThatCannotBeLearned() throws {
    try ReviewSamples.useModel { bench in
      let line = "transfer --threads 1 --data bad.csv --load lang_model.safetensors --save-results new"
      try bench.write("label,sentence\n1,Fine\ngood,Good\n", to: "bad.csv")
      try bench.expectFailure(line, "bad.csv, line 3: label \"good\" in \"label\" is not a number")
      try bench.write("label,sentence\na,Fine\nb,Good\nc,Bad\n", to: "bad.csv")
      try bench.expectFailure(
        line,
        "The training labels in \"label\" have 3 different names, \"a\" (1 row), \"b\" (1 row) and \"c\" (1 row), and "
          + "this classifier tells two apart; say which become one class with --label-map. To tell more than two "
          + "classes apart takes another tool.")
      try bench.write("label,sentence\n1,Good\n1,Fine\n", to: "bad.csv")
      try bench.expectFailure(line, "All 2 training labels are 1; a classifier needs rows of both classes.")
      try bench.write("label,sentence\n1,Good\n-1,Fine\n", to: "bad.csv")
      try bench.expectFailure(
        line,
        "1 row of the training data has no known label: the labels in \"label\" are 1 (1 row) and not known (1 row), and "
          + "-1 means not known; if -1 is a class here, add --label-map -1=0 1=1.")
      try bench.expectFailure(
        ReviewSamples.transfer.replacing("val.csv", with: "bad.csv") + " --load lang_model.safetensors",
        "1 row of the validation data has no known label: the labels in \"label\" are 1 (1 row) and not known (1 row), and "
          + "-1 means not known; if -1 is a class here, add --label-map -1=0 1=1.")
    }
  }

  @Test func textsWithoutTokens() throws {
    try CommandBench.use { bench in
      try bench.write("sentence\nword\n", to: "unsup.csv")
      try bench.expectFailure(
        ReviewSamples.pretrain + "2",
        "1 row cannot be split into 3 parts that need at least one row each; "
          + "give more rows, or --split 1 to leave them whole")
      try bench.write("sentence\n<br>\n", to: "unsup.csv")
      try bench.expectFailure(
        ReviewSamples.pretrain + "2 --split 1 --process-fn process_tweet", "the texts hold no tokens to learn from")
    }
  }

  @Test func aSpoiltLineOfStandardInputEndsAfterTheAnswersBeforeIt() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.run(
        "run-classifier --threads 1 --data - --load \(ReviewSamples.classifier)",
        input: "label,sentence\n1,Good\n0,\"Bad\n")
      #expect(run.status == 1)
      #expect(
        run.errorLines == [
          "Error: standard input, line 3: a quote is opened and never closed; if quotes are part of the texts, add --quoting none"
        ])
    }
  }
}
