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
}
