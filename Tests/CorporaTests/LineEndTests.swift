import Corpora
import Testing

@Suite struct LineEndTests {
  private func read(
    _ text: String, _ name: String, pieceSize: Int = 1 << 18, options: ReadingOptions = ReadingOptions()
  ) throws -> (texts: [String], summary: ReadingSummary) {
    let reader = try RowReader(bytes: Array(text.utf8), named: name, options: options, pieceSize: pieceSize)
    var texts: [String] = []
    while let row = try reader.next() { texts.append(String(decoding: row.text, as: UTF8.self)) }
    return (texts, reader.summary)
  }

  @Test(arguments: [16, 1 << 18]) func carriageReturnsAloneEndLines(pieceSize: Int) throws {
    for (name, text) in [
      ("a.txt", "first one\rsecond\r\rthird"), ("a.csv", "label,sentence\r0,first one\r1,second\r0,third\r"),
      ("a.tsv", "label\tsentence\r0\tfirst one\r1\tsecond\r0\tthird"),
      ("a.jsonl", "{\"sentence\":\"first one\"}\r{\"sentence\":\"second\"}\r{\"sentence\":\"third\"}\r"),
      ("corpus", "sentence\rfirst one\rsecond\rthird\r"),
    ] {
      #expect(try read(text, name, pieceSize: pieceSize).texts == ["first one", "second", "third"], "\(name)")
    }
    let long = String(repeating: "a line of text\r", count: 20_000)
    #expect(try read(long, "a.txt", pieceSize: pieceSize).texts.count == 20_000)
    let failure = sentence { try read("label,sentence\r0,a\r1,b,c\r", "a.csv", pieceSize: pieceSize) }
    #expect(failure == "a.csv, line 3: 3 fields where the header has 2")
  }

  @Test(arguments: [16, 1 << 18]) func otherwiseTheyAreCharacters(pieceSize: Int) throws {
    let found = try read("10 %\r20 %\nnext\r\n", "a.txt", pieceSize: pieceSize)
    #expect(found.texts == ["10 %\r20 %", "next"])
    #expect(found.summary.remarked[.loneReturn]?.firstPlaces.map(\.line) == [1])
  }

  /// Nothing but white space is no text, in every format.
  @Test func blankTexts() throws {
    for (name, text, lines) in [
      ("a.txt", "\n \na\n\t\u{A0}\u{3000}\nb\n\n", [1, 2, 4, 6]), ("a.csv", "sentence\na\n\n\"  \"\nb\n", [3, 4]),
      ("b.csv", "label,sentence\n1,a\n1,   \n0,\n1,b\n", [3, 4]), ("a.tsv", "x\tsentence\n1\ta\n1\t \n1\tb\n", [3]),
      ("a.jsonl", "{\"sentence\":\" \\n\"}\n{\"sentence\":\"a\"}\n{\"sentence\":NaN}\n{\"sentence\":\"b\"}\n", [1, 3]),
    ] {
      let found = try read(text, name)
      #expect(found.texts == ["a", "b"], "\(name)")
      #expect(found.summary.skipped[.emptyText]?.firstPlaces.map(\.line) == lines, "\(name)")
    }
    let between = try read("label,sentence\n1,a\n\n1,b\n\n\n", "a.csv").summary
    #expect(between.tellings.map(\.description) == ["2 rows read, 1 skipped (blank line: 1, at line 3)"])
  }
}
