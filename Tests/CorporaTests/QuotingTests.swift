import Corpora
import Testing

@Suite struct QuotingTests {
  private func read(
    _ text: String, _ name: String, _ quoting: Quoting? = nil, pieceSize: Int = 1 << 18
  ) throws -> (texts: [String], summary: ReadingSummary) {
    var options = ReadingOptions()
    options.quoting = quoting
    let reader = try RowReader(bytes: Array(text.utf8), named: name, options: options, pieceSize: pieceSize)
    var texts: [String] = []
    while let row = try reader.next() { texts.append(String(decoding: row.text, as: UTF8.self)) }
    return (texts, reader.summary)
  }

  private let swallowing = "label\tsentence\n0\t\"It was dull\n1\tIt was good\n0\tsaid he\"\n1\tfine\n"

  @Test(arguments: [16, 1 << 18]) func aQuoteBetweenTabsDoesNotSwallowRows(pieceSize: Int) throws {
    let found = try read(swallowing, "a.tsv", pieceSize: pieceSize)
    #expect(found.texts == ["\"It was dull", "It was good", "said he\"", "fine"])
    #expect(found.summary.remarked[.literalQuote]?.firstPlaces.map(\.line) == [2])
    #expect(try read(swallowing, "a.tsv", Quoting.none, pieceSize: pieceSize).texts == found.texts)
    let joined = try read(swallowing, "a.tsv", .csv, pieceSize: pieceSize)
    #expect(joined.texts == ["It was dull\n1\tIt was good\n0\tsaid he", "fine"])
    #expect(joined.summary.remarked[.spanningCell]?.count == 1)
    let open = try read("label\tsentence\n0\t\"dull\n1\tfine\n", "a.tsv", pieceSize: pieceSize)
    #expect(open.texts == ["\"dull", "fine"])
  }

  @Test(arguments: [16, 1 << 18]) func cellsOfSeveralLinesStay(pieceSize: Int) throws {
    let text = "label\tsentence\n0\t\"first\nsecond, \"\"still\"\"\"\n1\t\"fine\"\n"
    let found = try read(text, "a.tsv", pieceSize: pieceSize)
    #expect(found.texts == ["first\nsecond, \"still\"", "fine"])
    #expect(found.summary.tellings.isEmpty)
    let csv = try read("label,sentence\n0,\"first\nsecond, still\r\nthird\"\n1,fine\n", "a.csv", pieceSize: pieceSize)
    #expect(csv.texts == ["first\nsecond, still\r\nthird", "fine"])
    #expect(csv.summary.tellings.isEmpty)
  }

  @Test func swallowedRowsOfCSVAreTold() throws {
    let found = try read("label,sentence\n0,\"dull\n1,fine\n0,said he\"\n1,good\n", "a.csv")
    #expect(found.texts.count == 2)
    #expect(found.summary.remarked[.spanningCell]?.firstPlaces.map(\.line) == [2])
    #expect(try read("label,sentence\n0,\"dull\n1,fine\n", "a.csv", Quoting.none).texts == ["\"dull", "fine"])
    let single = try read("sentence\n\"dull\nfine\nsaid \"x\n", "a.csv")
    #expect(single.summary.remarked[.spanningCell]?.count == 1)
  }
}
