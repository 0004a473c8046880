import Foundation
import Testing

@Suite struct ImportTweetEmotionsTests {
  private static let emotions = [
    "anger", "anticipation", "disgust", "fear", "joy", "love", "optimism", "pessimism", "sadness", "surprise", "trust",
  ]
  private static let header = (["ID", "Tweet"] + emotions).joined(separator: "\t") + "\n"

  private func line(_ identifier: String, _ tweet: String, _ labels: String) -> String {
    ([identifier, tweet] + labels.split(separator: " ").map(String.init)).joined(separator: "\t") + "\n"
  }

  private func importing(
    _ files: [String], then check: (ImportTool, ImportTool.Outcome) throws -> Void
  ) throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    for (index, text) in files.enumerated() { try tool.write(text, to: "in\(index).txt") }
    let names = files.indices.map { "in\($0).txt" }
    let outcome =
      names.count == 1
      ? try tool.run("import", "semeval", "--input", names[0], "--output", "out/tweets.csv")
      : try tool.run("import", "semeval", "--input", names[0], names[1], "--output", "out/tweets.csv")
    try check(tool, outcome)
  }

  @Test func joinsLabelledFiles() throws {
    let first = Self.header + line("2018-En-1", "so \"happy\", really", "0 0 0 0 1 0 1 0 0 0 0")
    let second = Self.header + line("2018-En-2", "café 😀", "1 0 0 0 0 0 0 0 0 0 0").replacing("\n", with: "\r\n")
    try importing([first, second]) { tool, outcome in
      #expect(outcome.status == 0)
      #expect(outcome.output == "out/tweets.csv: 2 tweets\n")
      let tweetsText = try tool.read("out/tweets.csv")
      #expect(
        tweetsText == """
          ,ID,Tweet,\(Self.emotions.joined(separator: ","))
          0,2018-En-1,"so ""happy"", really",0,0,0,0,1,0,1,0,0,0,0
          1,2018-En-2,café 😀,1,0,0,0,0,0,0,0,0,0,0

          """)
    }
  }

  @Test func leavesOutTheEmotionsOfAnUnlabelledFile() throws {
    let none = Array(repeating: "NONE", count: 11).joined(separator: " ")
    try importing([Self.header + line("a", "one", none) + line("b", "two", none)]) { tool, outcome in
      #expect(outcome.output == "out/tweets.csv: 2 tweets without labels\n")
      let tweetsText = try tool.read("out/tweets.csv")
      #expect(tweetsText == ",ID,Tweet\n0,a,one\n1,b,two\n")
    }
  }

  @Test func refusesWhatItCannotUnderstand() throws {
    let good = "0 0 0 0 1 0 1 0 0 0 0"
    let none = Array(repeating: "NONE", count: 11).joined(separator: " ")
    let cases: [(String, String)] = [
      ("ID\tText\n1\tx\n", "'in0.txt' has no column 'Tweet'; its columns are 'ID', 'Text'."),
      ("ID\tTweet\tjoy\n1\tx\t1\n", "'in0.txt' has no column 'anger'; its columns are 'ID', 'Tweet', 'joy'."),
      (Self.header + "1\tx\t0\n", "'in0.txt', line 2, has 3 columns where the header has 13."),
      (
        Self.header + line("1", "x", good.replacing("1", with: "2")),
        "'in0.txt', line 2, column 'joy', holds '2' where 0, 1 or NONE is expected."
      ),
      (
        Self.header + line("1", "x", good) + line("2", "x", none),
        "'in0.txt', line 3, mixes labels with NONE; a file is either labelled or not."
      ),
      (
        Self.header + line("1", "x", good.replacing("1", with: "NONE")),
        "'in0.txt', line 2, mixes labels with NONE; a file is either labelled or not."
      ),
      (Self.header, "'in0.txt' holds no rows."),
      ("", "'in0.txt' holds no rows."),
    ]
    for (text, sentence) in cases {
      try importing([text]) { tool, outcome in
        #expect(outcome.status == 1)
        #expect(outcome.errors == "Error: \(sentence)\n")
        #expect(tool.names(in: "out") == nil)
      }
    }
    try importing([Self.header + line("1", "x", good), Self.header + line("2", "x", none)]) { tool, outcome in
      #expect(
        outcome.errors == "Error: 'in1.txt' and 'in0.txt' cannot be joined: one is labelled, the other is not.\n")
      #expect(tool.names(in: "out") == nil)
    }
  }
}
