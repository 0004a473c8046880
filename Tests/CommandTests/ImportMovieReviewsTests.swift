import Foundation
import Testing

@Suite struct ImportMovieReviewsTests {
  private func makeFolder(_ tool: ImportTool) throws {
    try tool.write("Lovely.<br /><br />\"Café\"", to: "aclImdb/train/pos/0_9.txt")
    try tool.write("Ten", to: "aclImdb/train/pos/10_7.txt")
    try tool.write("Two", to: "aclImdb/train/pos/2_10.txt")
    try tool.write("Bad\\\tworse\u{1}", to: "aclImdb/train/neg/0_1.txt")
    try tool.write("Dull", to: "aclImdb/train/neg/3_4.txt")
    try tool.write("Unknown", to: "aclImdb/train/unsup/1_0.txt")
    try tool.write("First", to: "aclImdb/train/unsup/0_0.txt")
    try tool.write("Yes", to: "aclImdb/test/pos/0_8.txt")
    try tool.write("No", to: "aclImdb/test/neg/0_2.txt")
  }

  @Test func writesPositiveAndNegativeReviewsInTurn() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try makeFolder(tool)
    let outcome = try tool.run("import", "imdb", "--input", "aclImdb", "--output", "out")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == "out/train.json: 5 reviews\nout/test.json: 2 reviews\nout/unsup.json: 2 reviews\n")
    let trainText = try tool.read("out/train.json")
    #expect(
      trainText == #"""
        [
        {"sentence":"Lovely.<br /><br />\"Café\"","label":1},
        {"sentence":"Bad\\\tworse\u0001","label":0},
        {"sentence":"Two","label":1},
        {"sentence":"Dull","label":0},
        {"sentence":"Ten","label":1}
        ]

        """#)
    let unsupText = try tool.read("out/unsup.json")
    #expect(
      unsupText == "[\n{\"sentence\":\"First\"},\n{\"sentence\":\"Unknown\"}\n]\n")
    struct Review: Decodable, Equatable {
      let sentence: String
      let label: Int
    }
    let testText = try tool.read("out/test.json")
    let parsed = try JSONDecoder().decode([Review].self, from: Data(testText.utf8))
    #expect(parsed == [Review(sentence: "Yes", label: 1), Review(sentence: "No", label: 0)])
  }

  @Test func namesTheLayoutWhenAFolderIsMissing() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try makeFolder(tool)
    try FileManager.default.removeItem(at: tool.folder.appendingPathComponent("aclImdb/train/unsup"))
    let outcome = try tool.run("import", "imdb", "--input", "aclImdb", "--output", "out")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        Error: 'aclImdb/train/unsup' is not there; expected the unpacked folder 'aclImdb' with train/pos, train/neg, \
        train/unsup, test/pos and test/neg, which can be downloaded from https://ai.stanford.edu/~amaas/data/sentiment.

        """)
    #expect(tool.names(in: "out") == nil)
  }

  @Test(arguments: ["review.txt", "x_7.txt", "1_7.csv", "1_2_3.txt", "1_x.txt"])
  func refusesFilesOfOtherNames(name: String) throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try makeFolder(tool)
    try tool.write("?", to: "aclImdb/test/pos/\(name)")
    let outcome = try tool.run("import", "imdb", "--input", "aclImdb", "--output", "out")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "Error: 'aclImdb/test/pos/\(name)' is not named like ID_RATING.txt, for example 200_8.txt.\n")
    #expect(tool.names(in: "out") == nil)
  }
}
