import Corpora
import Testing

@Suite struct LabelNameTests {
  private let required = ReadingOptions(labelKeys: ["label"], labels: .required)

  private func corpus(_ text: String, _ name: String = "a.csv", _ options: ReadingOptions? = nil) throws -> Corpus {
    let scratch = try ScratchFolder()
    return try CorpusReader.read(scratch.file(name, text), options: options ?? required)
  }

  @Test func namesAreNumberedInTheOrderOfTheAlphabet() throws {
    let first = try corpus("label,sentence\npositive,a\n negative ,b\n,c\n-1,d\npositive,e\n")
    #expect(first.classNames == [["negative", "positive"]])
    #expect(first.labels == [[1, 0, -1, 1]])
    #expect(first.summary.skipped[.emptyLabel]?.count == 1)
    let second = try corpus("label,sentence\nnegative,b\npositive,a\n")
    #expect(second.classNames == first.classNames)
    #expect(second.labels == [[0, 1]])
    #expect(first.subset([3, 1]).classNames == first.classNames)
  }

  @Test func jsonNamesToo() throws {
    let lines = "{\"sentence\":\"a\",\"label\":\"ham\"}\n{\"sentence\":\"b\",\"label\":\"sp\\u0061m\"}\n"
    let found = try corpus(lines, "a.jsonl")
    #expect(found.classNames == [["ham", "spam"]])
    #expect(found.labels == [[0, 1]])
  }

  @Test func numbersHaveNoNames() throws {
    #expect(try corpus("label,sentence\n1,a\n0,b\n").classNames == [[]])
    #expect(try corpus("sentence\na\n", "a.csv", ReadingOptions()).classNames == [])
  }

  @Test func columnsAreNumberedEachForItself() throws {
    let options = ReadingOptions(labelKeys: ["x", "y"], labels: .required)
    let found = try corpus("y,x,sentence\n1,yes,a\n0,no,b\n", "a.csv", options)
    #expect(found.classNames == [["no", "yes"], []])
    #expect(found.labels == [[1, 0], [1, 0]])
  }

  @Test func filesAreNumberedTogether() throws {
    let one = try corpus("label,sentence\nb,1\nc,2\n")
    let two = try corpus("label,sentence\na,3\nc,4\n-1,5\n")
    let unknown = try corpus("label,sentence\n-1,6\n")
    let joined = try Corpus.concatenating([one, two, unknown])
    #expect(joined.classNames == [["a", "b", "c"]])
    #expect(joined.labels == [[1, 2, 0, 2, -1, -1]])
    let numbers = try corpus("label,sentence\n1,a\n")
    #expect(
      sentence { try Corpus.concatenating([one, numbers]) }
        == "the labels in \"label\" are numbers in one file and names in another")
  }

  @Test func knownNamesKeepTheirNumbers() throws {
    var options = required
    options.classes = .known([["pos", "neg"]])
    #expect(try corpus("label,sentence\nneg,a\npos,b\n", "a.csv", options).labels == [[1, 0]])
    #expect(try corpus("label,sentence\n1,a\n0,b\n", "a.csv", options).labels == [[1, 0]])
    #expect(
      sentence { try corpus("label,sentence\nneg,a\nneutral,b\n", "a.csv", options) }
        .hasSuffix("a.csv, line 3: label \"neutral\" in \"label\" is none of \"pos\", \"neg\""))
    #expect(
      sentence { try corpus("label,sentence\n2,a\n", "a.csv", options) }
        .hasSuffix("a.csv, line 2: label \"2\" in \"label\" is none of \"pos\", \"neg\""))
    options.classes = .numbers
    #expect(
      sentence { try corpus("label,sentence\npos,a\n", "a.csv", options) }
        .hasSuffix("a.csv, line 2: label \"pos\" in \"label\" is not a number"))
  }

  @Test func mixedColumnsAreRefused() throws {
    #expect(
      sentence { try corpus("label,sentence\n-1,x\npos,a\n1,b\n") }
        .hasSuffix("a.csv, line 4: label \"1\" in \"label\" is a number, where earlier rows have names"))
    #expect(
      sentence { try corpus("{\"sentence\":\"a\",\"label\":\"x\"}\n{\"sentence\":\"b\",\"label\":true}", "a.json") }
        .hasSuffix("a.json, line 2: label \"true\" in \"label\" is a number, where earlier rows have names"))
    let many = (0...1000).map { "n\($0),text\n" }.joined()
    #expect(
      sentence { try corpus("label,sentence\n" + many) }
        .hasSuffix("a.csv, line 1002: more than 1000 different names in \"label\"; is it the label?"))
  }
}
