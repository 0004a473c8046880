import Corpora
import Testing

/// What was asked for by name binds; what is guessed is told.
@Suite struct ShapeTests {
  private func reader(
    _ text: String, _ name: String, _ change: (inout ReadingOptions) -> Void = { _ in }
  ) throws -> RowReader {
    try reader(bytes: Array(text.utf8), name, change)
  }

  private func reader(
    bytes: [UInt8], _ name: String, _ change: (inout ReadingOptions) -> Void = { _ in }
  ) throws -> RowReader {
    var options = ReadingOptions()
    change(&options)
    return try RowReader(bytes: bytes, named: name, options: options)
  }

  private func texts(_ reader: RowReader) throws -> [String] {
    var texts: [String] = []
    while let row = try reader.next() { texts.append(String(decoding: row.text, as: UTF8.self)) }
    return texts
  }

  @Test func aTypedTextColumnMustBeThere() throws {
    for name in ["corpus", "a.txt"] {
      let found = sentence {
        try reader("review,label\nDull,0\n", name) {
          $0.textKey = "text"; $0.textKeyRule = .mustExist
        }
      }
      #expect(found.hasPrefix("\(name) has no column \"text\" in its first line, which is \"review\", \"label\""))
    }
    let mixed = try reader("A line\n", "a.txt") { $0.textKeyRule = .mustExistInTables }
    #expect(try texts(mixed) == ["A line"])
  }

  @Test func aTextFileHasColumnsWhereOneWasTyped() throws {
    let text = "label\tsentence\r\n0\tdull\r\n1\tfine\r\n"
    let wide: [UInt8] = [0xFF, 0xFE] + text.utf8.flatMap { [$0, UInt8(0)] }
    let columns = try reader(bytes: wide, "a.txt") { $0.textKeyRule = .mustExist }
    #expect(try texts(columns) == ["dull", "fine"])
    #expect(columns.summary.notices == [.textFileWithColumns(path: "a.txt", textKey: "sentence")])
    let guessed = try reader(text, "a.txt")
    #expect(guessed.format == .plainText)
    #expect(guessed.summary.notices == [.plainTextWithColumn(path: "a.txt", textKey: "sentence")])
  }

  @Test func guessesAreToldWhereTheyMayBeWrong() throws {
    let header = try reader("review,label\nDull,0\n", "corpus")
    #expect(
      header.summary.notices == [
        .plainTextWithHeader(path: "corpus", textKey: "sentence", columns: ["review", "label"])
      ])
    for text in ["A dull film\n", "Well, this is it\n", "Dull, dull, dull.\n"] {
      #expect(try reader(text, "corpus").summary.notices.isEmpty)
    }
  }

  @Test func aTypedDelimiterIsBinding() throws {
    let columns = try reader("label;sentence\n1;a\n", "a.tsv") { $0.delimiter = ";" }
    #expect(try texts(columns) == ["a"])
    #expect(
      sentence { try reader("{\"sentence\":\"a\"}\n", "corpus") { $0.delimiter = ";" } }
        .hasPrefix("corpus has no column \"sentence\""))
    #expect(
      try reader("{\"sentence\":\"a\"}\n", "a.json") { $0.delimiter = ";" }.summary.notices.map(\.description)
        == ["the delimiter that was asked for has no effect on a.json, which is JSON"])
  }

  @Test func aTypedEncodingIsBinding() throws {
    let wide: [UInt8] = [0xFF, 0xFE, 0x61, 0, 10, 0]
    #expect(try texts(reader(bytes: wide, "a.txt")) == ["a"])
    for encoding in [TextEncoding.utf8, .latin1, .utf16BigEndian] {
      let found = sentence {
        try reader(bytes: wide, "a.txt") {
          $0.encoding = encoding
          $0.obeysByteOrderMark = false
        }
      }
      #expect(found.hasPrefix("a.txt begins with the byte-order mark of UTF-16, lower byte first, and the encoding"))
    }
  }

  @Test func twoColumnsOfOneName() throws {
    let text = "sentence,label,sentence\nfirst,0,second\n"
    #expect(
      sentence { try reader(text, "a.csv") }
        == "a.csv has 2 columns named \"sentence\", numbers 1 and 3")
    #expect(try texts(reader(text, "a.csv") { $0.textColumn = 3 }) == ["second"])
    let labelled = sentence {
      try reader("label,sentence,label\n0,a,1\n", "a.csv") {
        $0.labelKeys = ["label"]
        $0.labels = .optional
      }
    }
    #expect(labelled == "a.csv has 2 columns named \"label\", numbers 1 and 3; rename all but one of them")
    #expect(
      sentence { try reader("a,b\n1,2\n", "a.csv") { $0.textColumn = 3 } }
        == "a.csv has no column 3; its 2 columns are \"a\", \"b\"")
    #expect(
      sentence { try reader("[{\"a\":1}]", "a.json") { $0.textColumn = 1 } }
        == "a.json is JSON and has no columns to choose one of by its number")
    let twice = try reader("{\"sentence\":\"a\",\"sentence\":\"b\"}\n", "a.jsonl")
    #expect(try texts(twice) == ["b"])
    #expect(twice.summary.remarked[.repeatedKey]?.count == 1)
  }

  @Test func oneNameForTwoPurposes() throws {
    let found = sentence {
      try reader("label\n1\n", "a.csv") {
        $0.textKey = "label"
        $0.labelKeys = ["label"]
        $0.labels = .required
      }
    }
    #expect(found == "\"label\" is asked for twice, as text, label or id; each needs a column or key of its own")
    // The default name of the label gives way.
    let optional = try reader("label\n1\n", "a.csv") {
      $0.textKey = "label"
      $0.labelKeys = ["label"]
      $0.labels = .optional
    }
    #expect(try texts(optional) == ["1"])
  }

  @Test func misspeltColumns() throws {
    #expect(
      sentence { try reader("label,Sentense\n1,a\n", "a.csv") }.hasSuffix("; is \"Sentense\" meant?"))
    #expect(sentence { try reader("{\"sentnce\":\"a\"}\n", "a.jsonl").next() }.hasSuffix("; is \"sentnce\" meant?"))
    #expect(!sentence { try reader("label,text\n1,a\n", "a.csv") }.contains("meant"))
  }

  @Test func idsAreCarried() throws {
    func ids(_ text: String, _ name: String) throws -> [OutputValue?] {
      let reader = try reader(text, name) { $0.idKey = "id" }
      var found: [OutputValue?] = []
      while try reader.next() != nil { found.append(reader.identifier) }
      return found
    }
    #expect(try ids("id,sentence\nx7,a\n,b\n", "a.csv") == ["x7", ""])
    #expect(
      try ids(
        "[{\"id\":12345678901,\"sentence\":\"a\"},{\"id\":\"q\",\"sentence\":\"b\"},{\"id\":null,\"sentence\":\"c\"}]",
        "a.json")
        == [12_345_678_901, "q", .null])
    #expect(try ids("a\n\nb\n", "a.txt") == [1, 3])
    #expect(sentence { try ids("sentence\na\n", "a.csv") }.hasPrefix("a.csv has no column \"id\""))
    #expect(sentence { try ids("{\"sentence\":\"a\"}\n", "a.jsonl") }.contains("no key \"id\""))
  }
}
