import Foundation
import Testing

@Suite struct RunClassifierCommandTests {
  private static let line = "run-classifier --threads 1 --load \(ReviewSamples.classifier) "

  @Test func theTableHoldsLabelDecisionProbabilityAndText() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("id,sentence,label\n7,\"Good, \"\"fine\"\" café\",1\n8,  bad ,0\n", to: "in.csv")
      try bench.succeed(Self.line + "--data in.csv --write-results out.csv --save-probs p.npy")
      let lines = try bench.lines("out.csv")
      #expect(lines[0] == "label,label pred,label prob,sentence")
      #expect(lines[1].hasPrefix("1,") && lines[1].hasSuffix(",\"Good, \"\"fine\"\" café\""))
      #expect(lines[2].hasPrefix("0,") && lines[2].hasSuffix(",  bad "))
      let probability = try ReviewSamples.array(bench, "p.npy").float32Values[0]
      let cells = lines[1].split(separator: ",")
      #expect(Float(cells[2]) == probability)
      #expect(cells[1] == (probability > 0.5 ? "1" : "0"))
      #expect(bench.exists("p.pred.npy"))
    }
  }

  @Test func jsonLinesAreAnsweredAsJSONLines() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("{\"sentence\": \"Good\"}\n{\"sentence\": \"Bad \\u00e9\"}\n", to: "in.jsonl")
      try bench.succeed(Self.line + "--data in.jsonl --loose-json --write-results out.jsonl --report report.json")
      let rows = try bench.lines("out.jsonl").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(rows.map { $0["sentence"] as? String } == ["Good", "Bad é"])
      #expect(rows.allSatisfy { Set($0.keys) == ["label pred", "label prob", "sentence"] })
      // No label, no accuracy.
      #expect(try bench.report()["accuracy"] == nil)
      #expect(try bench.number("rows") == 2)
    }
  }

  @Test func fewerWeightsChangeTheAnswer() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(Self.line + "--data test.csv --save-probs all.npy")
      let run = try bench.succeed(Self.line + "--data test.csv --save-probs one.npy --neurons 1")
      #expect(run.errors.contains("Note: only the 1 largest weight of the classifier is used.\n"))
      try bench.succeed(Self.line + "--data test.csv --save-probs each.npy --neurons 24")
      #expect(try bench.data("all.npy") != bench.data("one.npy"))
      #expect(try bench.data("all.npy") == bench.data("each.npy"))
    }
  }

  @Test func answersDoNotDependOnTheBatch() throws {
    try ReviewSamples.useModel { bench in
      var found: [[Float]] = []
      for batch in [1, 7, 128] {
        try bench.succeed(Self.line + "--data test.csv --batch-size \(batch)")
        found.append(try ReviewSamples.array(bench, "clf_results.npy").float32Values)
      }
      for other in found.dropFirst() { #expect(zip(found[0], other).allSatisfy { abs($0 - $1) < 1e-5 }) }
    }
  }

  @Test func plainLinesOfStandardInputAreAnswered() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.succeed(Self.line + "--data - --report report.json", input: "Good film\nBad, really\n")
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 3 && lines[0] == "label pred,label prob,sentence")
      #expect(lines[1].hasSuffix(",Good film") && lines[2].hasSuffix(",\"Bad, really\""))
      #expect(try bench.number("rows") == 2)
      #expect(!bench.exists("clf_results.npy"))
    }
  }

  @Test func delimitedStandardInputKeepsItsLabels() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.succeed(
        Self.line + "--data - --report report.json", input: "label,sentence\n1,Good film\n0,\"Bad, really\"\n")
      let lines = run.output.split(separator: "\n")
      #expect(lines.first == "label,label pred,label prob,sentence")
      #expect(lines.count == 3 && lines[1].hasPrefix("1,") && lines[2].hasPrefix("0,"))
      #expect((0...1).contains(try bench.number("accuracy")))
    }
  }

  @Test func answersArriveBeforeInputEnds() throws {
    try ReviewSamples.useModel { bench in
      let input = Pipe()
      let words = (Self.line + "--data -").split(separator: " ").map(String.init)
      let run = try bench.start(words[0], Array(words.dropFirst()), input: input)
      input.fileHandleForWriting.write(Data("A good film\n".utf8))
      #expect(run.wait(upTo: 20) { run.output.split(separator: "\n").count == 2 })
      input.fileHandleForWriting.write(Data("A bad film\n".utf8))
      #expect(run.wait(upTo: 20) { run.output.split(separator: "\n").count == 3 })
      #expect(run.process.isRunning)
      try input.fileHandleForWriting.close()
      #expect(try run.finish(timeout: 20).status == 0)
    }
  }

  /// Rows with and without labels, in both orders: the columns stay what they were at the start.
  @Test func theColumnsOfAStreamAreDecidedOnce() throws {
    let label = ",\"label\":1"
    for (first, second, format) in [
      ("label,sentence\n,Dull\n", "1,Lovely\n", "csv"), ("label,sentence\n1,Lovely\n", ",Dull\n", "csv"),
      ("label\tsentence\n\tDull\n", "1\tLovely\n", "tsv"),
      ("{\"sentence\":\"Dull\"}\n", "{\"sentence\":\"Lovely\"\(label)}\n", "json"),
      ("{\"sentence\":\"Lovely\"\(label)}\n", "{\"sentence\":\"Dull\"}\n", "json"),
    ] {
      try ReviewSamples.useModel { bench in
        let input = Pipe()
        let words = (Self.line + "--data - --write-results t.out").split(separator: " ").map(String.init)
        let run = try bench.start(words[0], Array(words.dropFirst()), input: input)
        input.fileHandleForWriting.write(Data(first.utf8))
        #expect(run.wait(upTo: 20) { !run.output.isEmpty })
        input.fileHandleForWriting.write(Data(second.utf8))
        try input.fileHandleForWriting.close()
        let outcome = try run.finish(timeout: 20)
        #expect(outcome.status == 0)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let separator: Character = format == "tsv" ? "\t" : ","
        #expect(lines.count == (format == "json" ? 2 : 3))
        #expect(Set(lines.map { line in line.count { $0 == separator } }).count == 1, "\(lines)")
        if format != "json" { #expect(lines.first?.hasPrefix("label\(separator)") == true) }
        #expect(try bench.lines("t.out") == lines)
      }
    }
  }

  @Test func standardInputIsWrittenToFilesThatAreNamed() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.succeed(
        Self.line + "--data - --write-results t.csv --save-probs p.npy --id-key line", input: "Good film\n\nBad\n")
      #expect(run.output.split(separator: "\n").map(String.init) == (try bench.lines("t.csv")))
      #expect(try bench.lines("t.csv").map { $0.prefix { $0 != "," } } == ["line", "1", "3"])
      #expect(try ReviewSamples.array(bench, "p.npy").float32Values.count == 2)
      #expect(bench.exists("p.pred.npy"))
      #expect(run.errors.contains("2 rows read, 1 skipped (empty text: 1, at line 2)"))
    }
  }

  @Test func whatWasTypedIsNotGuessedAway() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.run(Self.line + "--data - --text-key text", input: "review,label\nDull,0\n")
      #expect(run.status == 1 && run.output.isEmpty)
      #expect(
        run.errorLines.first?.contains("no column \"text\" in its first line, which is \"review\", \"label\"") == true)
      let guessed = try bench.succeed(Self.line + "--data -", input: "review,label\nDull,0\n")
      #expect(guessed.errors.contains("Note: standard input is read as plain text"))
      #expect(try bench.succeed(Self.line + "--data -", input: "A dull film\n").errors.isEmpty)
    }
  }

  @Test func idsStandInFrontOfTheTable() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("id,sentence\nx1,Good\nx2,\nx3,Bad\n", to: "in.csv")
      try bench.succeed(Self.line + "--data in.csv --id-key id --write-results out.csv")
      let lines = try bench.lines("out.csv")
      #expect(lines[0] == "id,label pred,label prob,sentence")
      #expect(lines.dropFirst().map { $0.prefix(2) } == ["x1", "x3"])
    }
  }

  @Test func aFullStandardOutputIsSaid() throws {
    try ReviewSamples.useModel { bench in
      let words = (Self.line + "--data -").split(separator: " ").map(String.init)
      let input = Pipe()
      let errors = Pipe()
      let process = Process()
      process.executableURL = try CommandBench.executable(words[0])
      process.arguments = Array(words.dropFirst())
      process.currentDirectoryURL = bench.folder
      process.standardInput = input
      process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
      process.standardError = errors
      try process.run()
      input.fileHandleForWriting.write(Data("A film\n".utf8))
      try input.fileHandleForWriting.close()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 1)
      #expect(text == "Error: Cannot write to standard output: no space left on device.\n")
    }
  }
}
