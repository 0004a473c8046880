import Checkpoints
import Foundation
import Testing

/// Labels that are names, from the training file through the checkpoint to the table of predictions.
@Suite struct NamedLabelCommandTests {
  private func named(_ bench: CommandBench, _ name: String) throws -> String {
    try bench.text(name).split(separator: "\n").map { line in
      line.hasPrefix("1,") ? "positive" + line.dropFirst() : line.hasPrefix("0,") ? "negative" + line.dropFirst() : line
    }.joined(separator: "\n") + "\n"
  }

  @Test func namesMeanTheSameNumbersEverywhere() throws {
    try ReviewSamples.useModel { bench in
      let transfer = "transfer --batch-size 16 --threads 1 --load \(ReviewSamples.model) "
      try bench.succeed(
        transfer + "--data train.csv --valid val.csv --test test.csv --save-results numbers --write-results n.csv")
      for name in ["train", "val", "test"] { try bench.write(named(bench, "\(name).csv"), to: "\(name)-named.csv") }
      let run = try bench.succeed(
        transfer + "--data train-named.csv --valid val-named.csv --test test-named.csv --save-results names "
          + "--write-results m.csv")
      #expect(run.errors.contains("labels: 0 negative, 1 positive\n"))
      let folder = "lang_model_transfer/"
      for file in ["trY.npy", "neurons.npy", "all_neurons_probs.json"] {
        #expect(try bench.data(folder + "names/" + file) == bench.data(folder + "numbers/" + file), "\(file)")
      }
      #expect(try named(bench, "n.csv") == bench.text("m.csv"))
      let card = try ModelFile.readCard(bench.path(folder + "names/classifier.safetensors"))
      #expect(card.classifier?.classNames == ["negative", "positive"])
      #expect(
        try ModelFile.readCard(bench.path(folder + "numbers/classifier.safetensors")).classifier?.classNames == nil)

      let classify = "run-classifier --threads 1 --load \(folder)names/classifier.safetensors "
      let result = try bench.succeed(
        classify + "--data test-named.csv --write-results t.csv --report report.json")
      #expect(result.output.contains("labels: 0 negative, 1 positive\n"))
      #expect(try bench.report()["class_names"] as? [String] == ["negative", "positive"])
      for line in try bench.lines("t.csv").dropFirst() {
        let cells = line.split(separator: ",")
        #expect(["negative", "positive"].contains(cells[0]))
        #expect(cells[1] == (try #require(Float(cells[2])) > 0.5 ? "positive" : "negative"))
      }
      // The same file with numbers gives the same accuracy, and a name that was never seen is refused.
      let accuracy = try bench.number("accuracy")
      try bench.succeed(classify + "--data test.csv --report numbers.json")
      #expect(try bench.number("accuracy", in: "numbers.json") == accuracy)
      try bench.write("label,sentence\npositive,a\nneutral,b\n", to: "bad.csv")
      try bench.expectFailure(
        classify + "--data bad.csv",
        "bad.csv, line 3: label \"neutral\" in \"label\" is none of \"negative\", \"positive\"")
      try bench.write("label,sentence\npositive,a\n", to: "named.csv")
      try bench.expectFailure(
        "run-classifier --threads 1 --load \(folder)numbers/classifier.safetensors --data named.csv",
        "named.csv, line 2: label \"positive\" in \"label\" is not a number")
      let streamed = try bench.succeed(classify + "--data -", input: "sentence,label\nGood,positive\n,negative\nBad,\n")
      #expect(streamed.output.split(separator: "\n").count == 3)
      #expect(streamed.output.contains("\npositive,"))
      #expect(streamed.errors.contains("2 rows read, 1 skipped (empty text: 1, at line 3)\n"))
    }
  }

  @Test func severalTrueLabelsAreWrittenBesideThePrediction() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("joy,fear,sentence\n1,0,Good\n0,1,Bad\n", to: "in.csv")
      let line = "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data in.csv "
      try bench.succeed(line + "--write-results out.csv --non-binary-cols fear joy")
      let lines = try bench.lines("out.csv")
      #expect(lines[0] == "fear,joy,label pred,label prob,sentence")
      #expect(lines[1].hasPrefix("0,1,"))
      try bench.expectFailure(
        line + "--non-binary-cols fear anger",
        "in.csv has no column \"anger\"; its columns are \"joy\", \"fear\", \"sentence\"")
    }
  }

  @Test func compressedFilesAndOtherEncodingsAreReadByTheCommands() throws {
    try ReviewSamples.useModel { bench in
      let text = "label,sentence\n1,good café\n0,bad\n"
      try bench.write(Data(text.utf8), to: "plain.csv")
      try bench.write(try #require(text.data(using: .isoLatin1)), to: "latin.csv")
      try bench.write(try #require(text.data(using: .utf16)), to: "wide.csv")
      var tables: [String] = []
      for (file, more) in [("plain.csv", ""), ("latin.csv", " --encoding ISO-8859-1"), ("wide.csv", "")] {
        try bench.succeed(
          "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data \(file) --write-results out.csv" + more)
        tables.append(try bench.text("out.csv"))
      }
      #expect(tables[0].contains("good café"))
      #expect(tables[1] == tables[0])
      #expect(tables[2] == tables[0])
    }
  }
}
