import Corpora
import Foundation
import Testing

@Suite struct DelimitedReadingTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func read(_ text: String, name: String = "a.csv", _ options: ReadingOptions = ReadingOptions()) throws
    -> Corpus
  {
    try CorpusReader.read(scratch.file(name, text), options: options)
  }

  private let labelled = ReadingOptions(labelKeys: ["label"], labels: .required)

  @Test func readsQuotesBreaksAndDelimiters() throws {
    let corpus = try read("label,sentence\n1,\"a, \"\"b\"\"\nc\"\r\n\n0,plain \"quote\" here\n1,\"x\"y", labelled)
    #expect(corpus.strings == ["a, \"b\"\nc", "plain \"quote\" here", "xy"])
    #expect(corpus.labels == [[1, 0, 1]])
    #expect(corpus.labelNames == ["label"])
    #expect(corpus.format == .delimited(UInt8(ascii: ",")))
  }

  @Test func agreesWithPythonsReader() throws {
    for example in try Golden.load().csv {
      // What is nothing but white space is no text here.
      let texts = example.texts.filter { !$0.allSatisfy(\.isWhitespace) }
      if texts.isEmpty { continue }
      #expect(try read(example.file).strings == texts, "\(example.file)")
    }
  }

  /// Records that cross the pieces a file is read in must come out as those that do not.
  @Test(arguments: [0, 1, 2, 3, 7]) func piecesDoNotMatter(shift: Int) throws {
    let texts = (0..<3000).map { index in
      String(repeating: index % 3 == 0 ? "é\"" : "ab,\r\n", count: index % 97) + "\(index)"
    }
    var writer = try DelimitedWriter()
    writer.append(["sentence", String(repeating: "h", count: shift)])
    for text in texts { writer.append([.text(text), "z"]) }
    let path = try scratch.file("big.csv", bytes: Array(writer.takeData()))
    #expect(try CorpusReader.read(path, options: ReadingOptions()).strings == texts)
  }

  @Test func readsOneRecordLongerThanAnyPiece() throws {
    let text = String(repeating: "word \"\n", count: 400_000)
    var writer = try DelimitedWriter()
    writer.append(["sentence"])
    writer.append([text])
    let path = try scratch.file("long.csv", bytes: Array(writer.takeData()))
    #expect(try CorpusReader.read(path, options: ReadingOptions()).strings == [text])
  }

  @Test func missingValueWordsAreTexts() throws {
    #expect(try read("sentence\nnull\nNA\nnan\n").strings == ["null", "NA", "nan"])
  }

  @Test func passesMarkAndBlankLines() throws {
    #expect(try read("\u{FEFF}\n  \nsentence\n\n  \na\r\n\r\nb").strings == ["a", "b"])
  }

  @Test func theFirstFieldMayBeEmpty() throws {
    #expect(try read("\n\tID\tsentence\n\t1\ta\n", name: "a.tsv").strings == ["a"])
    #expect(
      sentence { try read(" sentence\na\n") }.hasSuffix(
        "has no column \"sentence\"; its columns are \" sentence\"; is \" sentence\" meant?"))
  }

  @Test func tabsByExtensionAndByOption() throws {
    #expect(try read("sentence\tx\na,b\tc\n", name: "a.tsv").strings == ["a,b"])
    #expect(try read("sentence;x\na,b;c\n", name: "a.tsv.csv", ReadingOptions(delimiter: ";")).strings == ["a,b"])
    #expect(try read("sentence;x\na,b;c\n", ReadingOptions(delimiter: ";")).strings == ["a,b"])
  }

  @Test func skipsAndCountsRowsWithoutTextOrLabel() throws {
    let file = "label,sentence\n1,a\n1,\n,b\n0,c\n2,\"\"\n"
    let corpus = try read(file, labelled)
    #expect(corpus.strings == ["a", "c"])
    #expect(corpus.summary.rowsRead == 2)
    #expect(corpus.summary.skipped[.emptyText]?.firstPlaces.map(\.line) == [3, 6])
    #expect(corpus.summary.skipped[.emptyLabel]?.firstPlaces.map(\.line) == [4])
    #expect(
      corpus.summary.description
        == "2 rows read, 3 skipped (empty text: 2, at lines 3 and 6; empty label: 1, at line 4)")
    let optional = try read(file, ReadingOptions(labelKeys: ["label"], labels: .optional))
    #expect(optional.strings == ["a", "b", "c"])
    #expect(optional.labels == [[1, -1, 0]])
    let ignored = try read(file, ReadingOptions(labelKeys: ["label"]))
    #expect(ignored.strings == ["a", "b", "c"])
    #expect(ignored.labels.isEmpty)
  }

  @Test func absentLabelColumnsAreUnknownWhereOptional() throws {
    let corpus = try read("sentence\na\nb\n", ReadingOptions(labelKeys: ["x", "y"], labels: .optional))
    #expect(corpus.labels == [[-1, -1], [-1, -1]])
    #expect(corpus.summary.missingLabelKeys == ["x", "y"])
    #expect(!corpus.hasKnownLabels)
  }

  @Test func labelsAreNumbersInTheOrderAsked() throws {
    let options = ReadingOptions(labelKeys: ["b", "a"], labels: .required)
    let corpus = try read("a,b,sentence\n 5.0 ,-1,x\n1e-3,+2.5,y\n", options)
    #expect(corpus.labels == [[-1, 2.5], [5, 0.001]])
    #expect(corpus.labels(at: 1) == [2.5, 0.001])
  }

  @Test func latin1ReadsEveryByte() throws {
    let path = try scratch.file("l.csv", bytes: Array("sentence\n".utf8) + [0x63, 0xE9, 0x80, 0xFF, 10])
    let corpus = try CorpusReader.read(path, options: ReadingOptions(encoding: .latin1))
    #expect(corpus.strings == ["cé\u{80}ÿ"])
    let many = [UInt8](repeating: 0xE9, count: 1_000_000)
    let long = try scratch.file("m.csv", bytes: Array("sentence\n".utf8) + many)
    #expect(
      try CorpusReader.read(long, options: ReadingOptions(encoding: .latin1)).texts.byteCount == 2_000_000)
  }

  @Test func joinsFilesInOrder() throws {
    let first = try scratch.file("1.csv", "label,sentence\n1,a\n,b\n")
    let second = try scratch.file("2.jsonl", "{\"sentence\":\"c\",\"label\":0}\n")
    let corpus = try CorpusReader.read([first, second], options: labelled)
    #expect(corpus.strings == ["a", "c"])
    #expect(corpus.labels == [[1, 0]])
    #expect(corpus.summary.rowsRead == 2)
    #expect(corpus.summary.rowsSkipped == 1)
    #expect(corpus.subset([1, 0, 1]).strings == ["c", "a", "c"])
    #expect(corpus.subset([1]).labels == [[0]])
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the data sets beside the package"))
  func readsTheDevelopmentSets() throws {
    let folder = SharedData.folder
    let train = try CorpusReader.read(folder + "/binary_sst/train.csv", options: labelled)
    #expect(train.count == 6920)
    #expect(train.labels[0].filter { $0 == 1 }.count == 3610)
    #expect(
      train.texts.string(at: 1) == "Apparently reassembled from the cutting-room floor of any given daytime soap.")
    let emotions = ["anger", "anticipation", "disgust", "fear", "joy", "sadness", "surprise", "trust"]
    let tweets = ReadingOptions(textKey: "Tweet", labelKeys: emotions, labels: .optional)
    let semeval = try CorpusReader.read(folder + "/semeval/train.csv", options: tweets)
    #expect(semeval.count == 6838)
    #expect(semeval.labels.map { Int($0.reduce(0, +)) } == [2544, 978, 2602, 1242, 2477, 2008, 361, 357])
    let unlabelled = try CorpusReader.read(folder + "/semeval/test.csv", options: tweets)
    #expect(unlabelled.count == 3259)
    #expect(unlabelled.summary.missingLabelKeys == emotions)
  }
}
