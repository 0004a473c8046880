import Testing

@testable import ToolSupport

@Suite struct HelpWidthTests {
  @Test(arguments: [50, 60, 132]) func helpFitsTheTerminal(columns: Int) throws {
    try CommandBench.use { bench in
      for line in ["pretrain --help", "generate -h", "sentiment-tools help shard", "sentiment-tools"] {
        let help = try bench.succeed(line, environment: ["COLUMNS": "\(columns)"]).output
        // A word that is longer than the line stands alone.
        let lines = help.split(separator: "\n").filter { $0.split(separator: " ").count > 1 }
        let longest = lines.map(\.count).max() ?? 0
        #expect(longest <= columns, "\(line)")
        #expect(longest > columns - 25, "\(line)")
      }
    }
  }

  @Test func aWidthThatLeavesNoRoomIsNotUsed() throws {
    for columns in ["1", "0", "-5", "abc", ""] { #expect(HelpWidth.columns(environment: ["COLUMNS": columns]) >= 50) }
    #expect(HelpWidth.columns(environment: ["COLUMNS": "1"]) == HelpWidth.least)
    #expect(HelpWidth.columns(environment: ["COLUMNS": "97"]) == 97)
  }

  @Test func longLinesAreSetIn() {
    #expect(HelpWidth.wrapped("  one two three\nfour", columns: 11) == "  one two\n    three\nfour")
    #expect(HelpWidth.wrapped("unbreakableword", columns: 5) == "unbreakableword")
  }
}
