import Corpora
import Foundation
import Testing

@Suite struct LabelMapTests {
  private func corpus(
    _ map: [String], _ text: String, _ name: String = "a.csv", _ policy: LabelPolicy = .required,
    _ classes: LabelClasses = .learned
  ) throws -> Corpus {
    var options = ReadingOptions(labelKeys: ["label"], labels: policy, classes: classes)
    options.labelMap = try LabelMap(parsing: map)
    let folder = try ScratchFolder()
    return try CorpusReader.read(folder.file(name, text), options: options)
  }

  private let stars = "label,sentence\n1,a\n2.0,b\n3,c\n04,d\n5,e\n,f\n"

  @Test func manyNumbersBecomeTwoAndOthersDropOut() throws {
    let found = try corpus(["1,2=0", "4,5=1"], stars)
    #expect(found.labels == [[0, 0, 1, 1]] && found.classNames == [[]])
    #expect(
      found.summary.description == "4 rows read, 2 skipped (empty label: 1, at line 7; "
        + "label not in the label map: 1, at line 4)")
    #expect(found.summary.unmappedSpellings == ["3"])
  }

  @Test func classesMayHaveNames() throws {
    let found = try corpus(["4,5=praise 1,2=blame"], stars)
    #expect(found.classNames == [["blame", "praise"]] && found.labels == [[0, 0, 1, 1]])
    let known = try corpus(["1,2=blame", "4,5=praise"], stars, "a.csv", .required, .known([["praise", "blame"]]))
    #expect(known.labels == [[1, 1, 0, 0]])
  }

  @Test func namesAndTruthValuesAreMapped() throws {
    let names = try corpus(
      ["neg,Neg=0", "very good,pos=1"], "label,sentence\nneg,a\nNeg ,b\nvery good,c\nso,d\n-1,e\n")
    #expect(names.labels == [[0, 0, 1]] && names.summary.unmappedLabels == 2)
    let lines = "{\"sentence\":\"a\",\"label\":true}\n{\"sentence\":\"b\",\"label\":false}\n"
    #expect(try corpus(["true=0", "false=1"], lines, "a.jsonl").labels == [[0, 1]])
    #expect(try corpus(["1=0", "0=1"], lines, "a.jsonl").labels == [[0, 1]])
    #expect(try corpus(["-1=0", "1=1"], "label,sentence\n-1,a\n1,b\n").labels == [[0, 1]])
  }

  @Test func unmappedLabelsAreUnknownWhereLabelsAreOptional() throws {
    let found = try corpus(["1,2=0", "4,5=1"], stars, "a.csv", .optional)
    #expect(found.labels == [[0, 0, -1, 1, 1, -1]])
    #expect(found.summary.rowsSkipped == 0 && found.summary.unmappedLabels == 1)
  }

  @Test func aFileWithoutAnyOfItsLabelsIsRefused() {
    #expect(
      sentence { try corpus(["1=0", "2=1"], "label,sentence\n7,a\nx,b\n7,c\n") }
        .hasSuffix("a.csv has no label that is in the label map 1=0 2=1; among its labels are \"7\", \"x\""))
    #expect(
      sentence { try corpus(["1=no", "2=yes"], stars, "a.csv", .required, .numbers) }
        == "the label map \"1=no 2=yes\" cannot be used: \"no\" is none of the classes 0 and 1")
  }

  @Test(arguments: [
    ("", "it has no entry"), ("1", "an entry is written as labels=class"),
    ("1=0=1", "an entry is written as labels=class"),
    ("1,=0", "a label or a class is empty"), ("1=", "a label or a class is empty"),
    ("=1", "a label or a class is empty"),
    ("1=2", "the classes are 0 and 1, or two names, not 2"), ("1=0 1.0=1", "it makes 1.0 both 0 and 1"),
    ("1=0 2=x", "its classes are numbers in one entry and names in another"),
    ("1=a 2=b 3=c", "it names 3 classes, and two can be told apart"),
  ])
  func mapsThatMakeNoSense(text: String, reason: String) {
    #expect(sentence { try LabelMap(parsing: text.isEmpty ? [] : [text]) }.hasSuffix("cannot be used: \(reason)"))
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    for words in [["1,2=0", "4,5=1"], ["a\\,b,c\\=d=x y", "e=z\\\\"], ["very good,so so=1", "bad=0"]] {
      let map = try LabelMap(parsing: words)
      #expect(map.description == words.joined(separator: " "))
      #expect(try JSONDecoder().decode(LabelMap.self, from: JSONEncoder().encode(map)) == map)
    }
    #expect(try LabelMap(parsing: ["1,2=0 4,5=1"]) == LabelMap(parsing: ["1,2=0", "4,5=1"]))
  }

  @Test func classesAreAcceptedBesideLabelsWhereThatIsUnambiguous() throws {
    #expect(try LabelMap(parsing: ["1=no", "2=yes"]).acceptingClasses.description == "1=no 2=yes no=no yes=yes")
    let stars = try LabelMap(parsing: ["1,2=0", "4,5=1"])
    #expect(!stars.isUnambiguous && stars.acceptingClasses == stars)
    #expect(try LabelMap(parsing: ["0=0", "4=1"]).acceptingClasses.description == "0=0 4=1 1=1")
  }
}

@Suite struct LabelTallyTests {
  private func tally(_ labels: [Float], _ names: [String] = []) -> LabelTally {
    var tally = LabelTally(column: "label", classNames: names)
    for label in labels { tally.add(label) }
    return tally
  }

  @Test func labelsAreSaidWithTheirRows() {
    #expect(tally([2, 1, 1, 0.5, -1]).description == "0.5 (1 row), 1 (2 rows), 2 (1 row) and not known (1 row)")
    #expect(tally([1, 0, 1], ["no", "yes"]).description == "\"no\" (1 row) and \"yes\" (2 rows)")
    #expect(tally([1e30]).description == "about 1e+30 (1 row)")
    #expect(
      tally((0..<50).map(Float.init)).description == "50 different ones, from \"0\" to \"49\" (50 rows)")
    let many = tally((0..<3000).map(Float.init))
    #expect(many.labels.count == 1000 && many.beyond == 2000 && many.known == 3000)
    #expect(many.description.hasPrefix("more than 1000 different ones"))
  }

  @Test func aMapSuggestsItself() {
    #expect(tally([1, 2, 3, 4, 5]).suggestedMap == "1,2=0 4,5=1")
    #expect(tally([0, 4]).suggestedMap == "0=0 4=1")
    #expect(tally([0, 1, 2, 3], ["Neg", "Pos", "neg", "pos"]).suggestedMap == "Neg,neg=neg Pos,pos=pos")
    #expect(tally([0, 1, 2], ["a", "b", "c"]).suggestedMap == nil)
    #expect(tally([1]).suggestedMap == nil && tally([0, 1e30]).suggestedMap == nil)
  }

  @Test func aSurveyFindsWhatReadingFinds() throws {
    let folder = try ScratchFolder()
    let paths = [
      try folder.file("a.csv", "label,sentence\n1,a\n0,b\n,c\n"),
      try folder.file("b.jsonl", "{\"sentence\":\"d\",\"label\":1}\n"),
    ]
    let options = ReadingOptions(labelKeys: ["label"], labels: .required, classes: .numbers)
    let corpus = try CorpusReader.read(paths, options: options)
    let survey = try CorpusSurvey(paths, options: options)
    #expect(survey.rows == 3 && survey.summary == corpus.summary && survey.format == corpus.format)
    #expect(survey.labels == corpus.labelTallies && survey.labels[0].rows(1) == 2)
    #expect(CorpusSurvey.canReadTwice(paths))
    #expect(!CorpusSurvey.canReadTwice(paths + ["-"]) && !CorpusSurvey.canReadTwice(["/dev/null"]))
  }
}
