import Foundation
import Testing

@Suite struct ImportProductReviewsTests {
  private func importing(
    _ lines: String, limit: String = "1000", then check: (ImportTool, ImportTool.Outcome) throws -> Void
  ) throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try tool.write(lines, to: "reviews.jsonl")
    try check(
      tool, try tool.run("import", "amazon", "--input", "reviews.jsonl", "--output", "out/r.json", "--limit", limit))
  }

  private static let lines = #"""
    {"asin": "B1", "reviewText": "Good \"café\"\n", "overall": 5.0}
    {"reviewText": "", "overall": 1}
    {"overall": 3.0}
    {"reviewText": "Good \"caf\u00e9\"\n", "overall": 1}
    {"reviewText": "Good", "summary": "no stars"}

    """#

  @Test func dropsEmptyAndRepeatedTexts() throws {
    try importing(Self.lines) { tool, outcome in
      #expect(outcome.status == 0)
      #expect(outcome.output == "out/r.json: 2 reviews (left out: 2 empty, 1 repeated)\n")
      let rText = try tool.read("out/r.json")
      #expect(
        rText == #"""
          {"reviewText":"Good \"café\"\n","overall":5.0}
          {"reviewText":"Good"}

          """#)
    }
  }

  @Test func stopsAtTheLimit() throws {
    try importing(Self.lines, limit: "1") { tool, outcome in
      #expect(outcome.output == "out/r.json: 1 review (left out: 0 empty, 0 repeated)\n")
      let rText = try tool.read("out/r.json")
      #expect(rText.split(separator: "\n").count == 1)
    }
    try importing(Self.lines, limit: "0") { _, outcome in
      #expect(outcome.status == 64)
      #expect(outcome.errors.hasPrefix("Error: --limit must be at least 1, not 0.\n"))
    }
  }

  /// Lines that end inside, at and behind the borders of the reader's chunks of 1 MiB.
  @Test func readsLinesAcrossChunks() throws {
    var input = ""
    var expected = ""
    for index in 0..<5 {
      let text = "\(index)" + String(repeating: "é", count: 262_100 + 7 * index)
      input += "{\"reviewText\":\"\(text)\"}\(index.isMultiple(of: 2) ? "\r\n" : "\n")"
      expected += "{\"reviewText\":\"\(text)\"}\n"
    }
    try importing(input) { tool, outcome in
      #expect(outcome.status == 0)
      let rText = try tool.read("out/r.json")
      #expect(rText == expected)
    }
  }

  @Test(arguments: [
    ("{\"reviewText\": \"Go", "it is not a JSON object"), ("[1]", "it is not a JSON object"),
    ("{'reviewText': 'Good'}", "it is not a JSON object"), ("", "it is not a JSON object"),
    ("{\"reviewText\": 5}", "'reviewText' is not a text"),
    ("{\"reviewText\": \"x\", \"overall\": \"5\"}", "'overall' is not a number"),
    ("{\"reviewText\": \"x\", \"overall\": 7}", "'overall' is 7, not between 1 and 5"),
  ])
  func refusesMalformedLines(line: String, reason: String) throws {
    try importing("{\"reviewText\": \"Good\"}\n\(line)\n{\"reviewText\": \"Bad\"}\n") { tool, outcome in
      #expect(outcome.status == 1)
      #expect(outcome.errors == "Error: 'reviews.jsonl', line 2, is not a review: \(reason).\n")
      #expect(tool.names(in: "out") == nil)
    }
  }

  @Test func asksToUnpackCompressedFiles() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try tool.write(Data([0x1F, 0x8B, 8, 0, 0]), to: "reviews.json.gz")
    let outcome = try tool.run("import", "amazon", "--input", "reviews.json.gz")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "Error: 'reviews.json.gz' is compressed; unpack it first, for example with: gunzip 'reviews.json.gz'.\n")
  }

  @Test func refusesAFileWithoutReviews() throws {
    try importing("{\"overall\": 1}\n") { tool, outcome in
      #expect(outcome.errors == "Error: 'reviews.jsonl' holds no rows.\n")
      #expect(tool.names(in: "out") == nil)
    }
  }
}
