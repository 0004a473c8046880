import Corpora
import Testing

@Suite struct CorpusPreviewTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test func tellsWhatReadingInEarnestWould() throws {
    let one = try scratch.file("a.csv", "label,sentence\nneg,ab\npos,\"c\nd\"\n,unknown\npos,\n")
    let two = try scratch.file("b.jsonl", "{\"sentence\":\"é\",\"label\":\"pos\"}\n")
    let options = ReadingOptions(labelKeys: ["label"], labels: .optional)
    let preview = try CorpusPreview([one, two], options: options, rowsShown: 4)
    #expect(preview.rowCount == 4)
    #expect(preview.files.map(\.format) == [.delimited(UInt8(ascii: ",")), .jsonLines])
    #expect(preview.files.map(\.summary.rowsSkipped) == [1, 0])
    #expect(preview.rows.map(\.line) == [2, 3, 5, 1])
    #expect(preview.rows.map(\.path) == [one, one, one, two])
    #expect(preview.rows.map(\.labels) == [["neg"], ["pos"], [nil], ["pos"]])
    #expect(preview.rows[1].text == Array("c\nd".utf8))
    #expect(preview.labels[0].counts.map(\.label) == ["neg", "pos"])
    #expect(preview.labels[0].counts.map(\.rows) == [1, 2])
    #expect(preview.labels[0].unknown == 1)
    #expect(preview.classNames == [["neg", "pos"]])
    #expect(preview.classNames == (try CorpusReader.read([one, two], options: options).classNames))
    #expect(try CorpusPreview([one], options: options, rowsShown: 1).rows.count == 1)
  }

  @Test func numbersAreCountedInTheirOrder() throws {
    let path = try scratch.file("a.csv", "label,sentence\n10,a\n2,b\n0.5,c\n-1,d\n2,e\n")
    let labels = try CorpusPreview([path], options: ReadingOptions(labelKeys: ["label"], labels: .required)).labels[0]
    #expect(labels.counts.map(\.label) == ["0.5", "2", "10"])
    #expect(labels.counts.map(\.rows) == [1, 2, 1])
    #expect(labels.unknown == 1)
    #expect(labels.classNames.isEmpty)
  }

  @Test func errorsAreThoseOfReading() throws {
    let options = ReadingOptions(labelKeys: ["label"], labels: .required)
    #expect(sentence { try CorpusPreview([], options: options) } == "no file to read was given")
    let bad = try scratch.file("a.csv", "label,sentence\n1\n")
    #expect(sentence { try CorpusPreview([bad], options: options) }.hasSuffix("line 2: 1 field where the header has 2"))
    let none = try scratch.file("b.csv", "label,sentence\n1,\n")
    #expect(
      sentence { try CorpusPreview([none], options: options) }
        .hasSuffix("b.csv has no usable rows: 1 row, all of them skipped"))
    let names = try scratch.file("c.csv", "label,sentence\nx,a\n")
    let numbers = try scratch.file("d.csv", "label,sentence\n1,a\n")
    #expect(
      sentence { try CorpusPreview([names, numbers], options: options) }
        == "the labels in \"label\" are numbers in one file and names in another")
  }

  @Test func percentilesAreThoseOfTheSortedList() {
    var generator = MersenneTwister(seed: 3)
    var lengths = LengthDistribution()
    #expect(lengths.percentile(50) == nil)
    let values = (0..<137).map { _ in generator.draw(upTo: 40) }
    for value in values { lengths.add(value) }
    let sorted = values.sorted()
    for percent in stride(from: 0.0, through: 100, by: 2.5) {
      let rank = max(1, Int((137 * percent / 100).rounded(.up)))
      #expect(lengths.percentile(percent) == sorted[rank - 1])
    }
    #expect(lengths.total == 137)
    #expect(lengths.sum == values.reduce(0, +))
  }
}
