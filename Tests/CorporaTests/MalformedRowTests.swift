import Corpora
import Foundation
import Testing

/// Every kind of malformed row, each with the sentence that a user reads, and the rows before it still delivered.
@Suite struct MalformedRowTests {
  struct Example: CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var rowsBefore: Int
    var expected: String
    var labels: LabelPolicy = .required

    init(_ name: String, _ text: String, _ rowsBefore: Int, _ expected: String, labels: LabelPolicy = .required) {
      self.init(name, bytes: Array(text.utf8), rowsBefore, expected, labels: labels)
    }

    init(_ name: String, bytes: [UInt8], _ rowsBefore: Int, _ expected: String, labels: LabelPolicy = .required) {
      self.name = name
      self.bytes = bytes
      self.rowsBefore = rowsBefore
      self.expected = expected
      self.labels = labels
    }

    var testDescription: String { expected }
  }

  static let header = "label,sentence\n1,a\n"
  static let line = "{\"sentence\":\"a\",\"label\":1}\n"

  static let examples = [
    Example("a.csv", header + "1,b,c\n", 1, "a.csv, line 3: 3 fields where the header has 2"),
    Example("a.csv", header + "1\n", 1, "a.csv, line 3: 1 field where the header has 2"),
    Example(
      "a.csv", header + "1,\"b\n", 1,
      "a.csv, line 3: a quote is opened and never closed"),
    Example("a.csv", header + "good,b\n", 1, "a.csv, line 3: label \"good\" in \"label\" is not a number"),
    Example("a.csv", header + "nan,b\n", 1, "a.csv, line 3: label \"nan\" in \"label\" is not a number"),
    Example(
      "a.csv", bytes: Array(header.utf8) + [0x31, 0x2C, 0xE9, 10], 1,
      "a.csv, line 3: bytes that are not UTF-8"),
    Example(
      "a.csv", "label;sentence\n1;a\n", 0,
      "a.csv has no column \"sentence\"; its columns are \"label;sentence\""),
    Example(
      "a.csv", "label\tsentence\n1\ta\n", 0,
      "a.csv has no column \"sentence\"; its columns are \"label\\tsentence\""),
    Example(
      "a.tsv", "label,sentence\n1,a\n", 0,
      "a.tsv has no column \"sentence\"; its columns are \"label,sentence\""),
    Example(
      "a.csv", "lable,sentence\n1,a\n", 0,
      "a.csv has no column \"label\"; its columns are \"lable\", \"sentence\"; is \"lable\" meant?"),
    Example("a.csv", "", 0, "a.csv is empty"),
    Example("a.csv", " \r\n\n", 0, "a.csv is empty"),
    Example(
      "a.jsonl", line + "{\"sentence\":\"b\"\n", 1,
      "a.jsonl, line 2: not valid JSON, expected the rest of the object before the end of the line"),
    Example(
      "a.jsonl", line + "\n[1]\n", 1, "a.jsonl, line 3: not valid JSON, expected an object"),
    Example(
      "a.jsonl", line + "{\"label\":1}\n", 1,
      "a.jsonl, line 2: the object has no key \"sentence\"; its keys are \"label\""),
    Example(
      "a.jsonl", line + "{\"sentence\":\"b\"}\n", 1,
      "a.jsonl, line 2: the object has no key \"label\"; its keys are \"sentence\""),
    Example(
      "a.jsonl", line + "{\"sentence\":{},\"label\":1}\n", 1, "a.jsonl, line 2: \"sentence\" is not a text"),
    Example(
      "a.jsonl", line + "{\"sentence\":true,\"label\":1}\n", 1, "a.jsonl, line 2: \"sentence\" is not a text"),
    Example(
      "a.jsonl", line + "{\"sentence\":\"b\",\"label\":[]}\n", 1,
      "a.jsonl, line 2: label \"a nested value\" in \"label\" is not a number"),
    Example(
      "a.jsonl", line + "{\"sentence\":\"b\",\"label\":\"x\"}\n", 1,
      "a.jsonl, line 2: label \"x\" in \"label\" is not a number"),
    Example(
      "a.json", "[" + line + ",\n{\"sentence\":\"b\",]", 1,
      "a.json, line 3: not valid JSON, expected a key in quotes"),
    Example(
      "a.json", "[" + line, 1, "a.json, line 2: not valid JSON, expected a closing bracket before the end of the file"),
    Example("a.json", "1\n", 0, "a.json, line 1: not valid JSON, expected \"[\" or \"{\""),
    Example("a.txt", "a\n", 0, "a.txt is plain text, one text a line, and has no column \"label\""),
    Example(
      "a.txt", bytes: Array("a\nb\n".utf8) + [0xFF], 2,
      "a.txt, line 3: bytes that are not UTF-8", labels: .ignored),
    Example(
      "a.txt", bytes: [0x1F, 0x8B, 8, 0, 0, 0], 0, "a.txt is not a whole gzip file: it ends too early",
      labels: .ignored),
    Example(
      "a.docx", "x", 0,
      "a.docx has the unknown extension .docx; expected .csv, .tsv, .json, .jsonl, .ndjson or .txt, each also with .gz"),
  ]

  @Test(arguments: examples, [16, 1 << 18])
  func saysWhatIsWrongBehindTheRowsBeforeIt(example: Example, pieceSize: Int) throws {
    var rows = 0
    let found = sentence {
      let reader = try RowReader(
        bytes: example.bytes, named: example.name,
        options: ReadingOptions(labelKeys: ["label"], labels: example.labels), pieceSize: pieceSize)
      while try reader.next() != nil { rows += 1 }
    }
    #expect(found == example.expected)
    #expect(rows == example.rowsBefore)
  }

  @Test func skippedRowsAreCountedWithTheirLines() throws {
    let rows = (0..<9).map { $0 % 3 == 0 ? "1,\n" : "1,a\n" }.joined()
    let scratch = try ScratchFolder()
    let one = try scratch.file("a.csv", "label,sentence\n" + rows + ",b\n")
    let two = try scratch.file(
      "b.jsonl", "{\"sentence\":null}\n{\"sentence\":\"\"}\n{\"sentence\":\"c\",\"label\":1}\n")
    let options = ReadingOptions(labelKeys: ["label"], labels: .required)
    #expect(
      try CorpusReader.read(one, options: options).summary.description
        == "6 rows read, 4 skipped (empty text: 3, at lines 2, 5 and 8; empty label: 1, at line 11)")
    let both = try CorpusReader.read([one, two], options: options).summary.description
      .replacingOccurrences(of: scratch.path + "/", with: "")
    #expect(
      both == "7 rows read, 6 skipped (empty text: 5, at a.csv line 2, a.csv line 5, a.csv line 8, b.jsonl line 1 and "
        + "b.jsonl line 2; empty label: 1, at line 11)")
    let many = try scratch.file("c.csv", "sentence,x\na,\n" + String(repeating: ",1\n", count: 7))
    #expect(
      try CorpusReader.read(many, options: ReadingOptions()).summary.description
        == "1 row read, 7 skipped (empty text: 7, first at lines 3, 4, 5, 6 and 7)")
  }

  /// A file without line breaks must not be drawn into memory without end.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SENTIMENT_TEST_ALL"] != nil, "takes a file of 300 MB"))
  func rowsWithoutEndAreRefused() throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 300 << 20)
    let found = sentence { try RowReader(bytes: bytes, named: "a.txt", options: ReadingOptions()).next() }
    #expect(found == "a.txt, line 1: a row of more than 256 MiB; give each text a line of its own")
  }
}
