import Foundation
import Testing

@Suite struct ImportTreebankTests {
  private func importing(_ trees: String, then check: (ImportTool, ImportTool.Outcome) throws -> Void) throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try tool.write(trees, to: "trees/train.txt")
    try tool.write("(3 (2 Nice) (2 .))\n", to: "trees/dev.txt")
    try tool.write("(0 (2 Awful) (2 .))\n", to: "trees/test.txt")
    try check(tool, try tool.run("import", "sst", "--input", "trees", "--output", "out/sst"))
  }

  @Test func keepsPolarSentencesAndJoinsThem() throws {
    let trees = """
      (4 (2 Very) (3 good))
      (2 (2 It) (2 exists))
      (0 (2 (2 Slow) (2 ,)) (1 loud))
      (1 (2 Not) (3 good))
      (3 (2 A) (3 treat))

      """
    try importing(trees) { tool, outcome in
      #expect(outcome.status == 0)
      #expect(
        outcome.output == """
          out/sst/train.csv: 4 sentences
          out/sst/val.csv: 1 sentence
          out/sst/test.csv: 1 sentence
          out/sst/unsup.csv: 6 sentences

          """)
      let train = "1,Very good\n0,\"Slow, loud\"\n0,Not good\n1,A treat\n"
      let trainText = try tool.read("out/sst/train.csv")
      #expect(trainText == "label,sentence\n" + train)
      let valText = try tool.read("out/sst/val.csv")
      #expect(valText == "label,sentence\n1,Nice.\n")
      let testText = try tool.read("out/sst/test.csv")
      #expect(testText == "label,sentence\n0,Awful.\n")
      let unsupText = try tool.read("out/sst/unsup.csv")
      #expect(unsupText == "label,sentence\n" + train + "1,Nice.\n0,Awful.\n")
      #expect(tool.names(in: "out/sst") == ["test.csv", "train.csv", "unsup.csv", "val.csv"])
    }
  }

  @Test(arguments: [
    ("It is n't over , is it ?", "It isn't over, is it?"),
    ("They 're what you 'd hope they 'll be", "They're what you'd hope they'll be"),
    ("The `` Blue Door '' opens", "The \"Blue Door\" opens"),
    ("on `` the one , '' he says", "on \"the one,\" he says"),
    ("`` Go ! ''", "\"Go!\""),
    ("Zoë 's naïve -LRB- but kind -RRB- aunt", "Zoë's naïve (but kind) aunt"),
    ("writer\\/director", "writer/director"),
    ("\\*\\*\\*", "***"),
    ("a ` hit ' of the '70s", "a 'hit' of the '70s"),
    ("the critics ' choice", "the critics' choice"),
    ("You can not lose $ 9 or 100 %", "You cannot lose $9 or 100%"),
    ("I am gon na stay", "I am gonna stay"),
    ("... and so on ...", "...and so on..."),
    ("slow -- very slow", "slow -- very slow"),
    ("rock 'n' roll", "rock 'n' roll"),
    ("well-made : a tale ; a joke", "well-made: a tale; a joke"),
  ])
  func putsWordsTogetherAgain(words: String, sentence: String) throws {
    let leaves = words.split(separator: " ").map { "(2 \($0))" }.joined(separator: " ")
    try importing("(4 \(leaves))\n") { tool, outcome in
      let trainText = try tool.read("out/sst/train.csv")
      #expect(outcome.status == 0)
      let cell = trainText.dropFirst("label,sentence\n1,".count).dropLast()
      let isQuoted = cell.hasPrefix("\"")
      #expect((isQuoted ? cell.dropFirst().dropLast().replacing("\"\"", with: "\"") : cell) == sentence)
    }
  }

  @Test(arguments: [
    ("(4 (2 Good)", "a bracket is not closed"),
    ("(4 (2 Good)))", "a bracket is closed that was not opened"),
    ("(4 (2 Good)) (3 Again)", "something follows the closing bracket"),
    ("(5 (2 Good))", "a node does not start with a label from 0 to 4"),
    ("((2 Good))", "a node does not start with a label from 0 to 4"),
    ("(4(2 Good))", "a label is not followed by a space"),
    ("(4 ())", "a node does not start with a label from 0 to 4"),
    ("(4 (2 ))", "a node is empty"),
    ("(4 Good film)", "a word stands outside of a node of its own"),
    ("(4 Good (2 film))", "a node holds both a word and another node"),
    ("Good", "a word stands outside of a node of its own"),
  ])
  func refusesMalformedTrees(line: String, reason: String) throws {
    try importing("(3 (2 Fine))\n" + line + "\n") { tool, outcome in
      #expect(outcome.status == 1)
      #expect(
        outcome.errors
          == "Error: 'trees/train.txt', line 2, is not a tree like (3 (2 Good) (2 film)): \(reason).\n")
      #expect(tool.names(in: "out") == nil)
    }
  }

  @Test func refusesEveryTruncation() throws {
    let tree = "(3 (2 Fine) (4 (3 x) (2 y)))"
    for length in stride(from: 1, to: tree.count, by: 4) {
      try importing("(3 (2 Fine))\n" + tree.prefix(length)) { _, outcome in #expect(outcome.status == 1) }
    }
  }

  @Test func refusesBytesThatAreNotUTF8() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try tool.write(Data([0x28, 0x33, 0x20, 0xFF, 0x29]), to: "trees/train.txt")
    let outcome = try tool.run("import", "sst", "--input", "trees", "--output", "out")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "Error: 'trees/train.txt' is not valid UTF-8.\n")
  }

  @Test func leavesOlderFilesAloneWhenOneInputIsMissing() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try tool.write("(3 (2 Fine))\n", to: "trees/train.txt")
    try tool.write("old", to: "out/train.csv")
    let outcome = try tool.run("import", "sst", "--input", "trees", "--output", "out")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        Error: 'trees/dev.txt' is not there; expected the folder 'trees' of trainDevTestTrees_PTB.zip with train.txt, \
        dev.txt and test.txt, which can be downloaded from https://nlp.stanford.edu/sentiment.

        """)
    #expect(tool.names(in: "out") == ["train.csv"])
    let trainText = try tool.read("out/train.csv")
    #expect(trainText == "old")
  }
}
