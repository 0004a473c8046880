import Corpora
import Foundation
import Testing

@Suite struct ReadingErrorTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private let required = ReadingOptions(labelKeys: ["label"], labels: .required)

  /// The sentence that reading these bytes ends in, without the folder's name.
  private func failure(_ name: String, _ text: String, _ options: ReadingOptions? = nil) throws -> String {
    try failure(name, bytes: Array(text.utf8), options)
  }

  private func failure(_ name: String, bytes: [UInt8], _ options: ReadingOptions? = nil) throws -> String {
    let path = try scratch.file(name, bytes: bytes)
    return sentence { try CorpusReader.read([path], options: options ?? required) }
      .replacingOccurrences(of: scratch.path + "/", with: "")
  }

  @Test func filesThatAreNotThere() throws {
    #expect(sentence { try CorpusReader.read(["no.csv"], options: required) } == "no.csv does not exist")
    let hinted = CorpusError.missingFile(path: "no.csv", hint: nil).adding(hint: "get it with `import`")
    #expect(hinted.description == "no.csv does not exist; get it with `import`")
    #expect(CorpusError.noTokens.adding(hint: "x") == .noTokens)
    #expect(
      sentence { try CorpusReader.read([scratch.path], options: required) }
        == "\(scratch.path) is a folder, not a file")
    #expect(sentence { try CorpusReader.read([], options: required) } == "no file to read was given")
  }

  @Test(.enabled(if: getuid() != 0, "the super-user may read every file")) func unreadableFile() throws {
    let path = try scratch.file("a.csv", "sentence\na\n")
    chmod(path, 0)
    #expect(
      sentence { try CorpusReader.read([path], options: ReadingOptions()) }
        == "\(path) cannot be read: permission denied")
  }

  @Test func extensions() throws {
    let expected = "; expected .csv, .tsv, .json, .jsonl, .ndjson or .txt, each also with .gz"
    #expect(try failure("a.doc", "x") == "a.doc has the unknown extension .doc" + expected)
    #expect(try failure("a.xz.GZ", "x") == "a.xz.GZ has the unknown extension .xz" + expected)
  }

  @Test func filesWithoutRows() throws {
    for name in ["a.csv", "a.json", "a.jsonl"] {
      #expect(try failure(name, "") == "\(name) is empty")
      #expect(try failure(name, "\u{FEFF} \r\n\n") == "\(name) is empty")
    }
    #expect(try failure("a.csv", "label,sentence\n") == "a.csv has no usable rows: only a header")
    #expect(
      try failure("a.csv", "label,sentence\n1,\n,x\n") == "a.csv has no usable rows: 2 rows, all of them skipped")
  }

  @Test func columns() throws {
    #expect(
      try failure("a.csv", "label,text\n1,a\n")
        == "a.csv has no column \"sentence\"; its columns are \"label\", \"text\"")
    #expect(
      try failure("a.csv", "lable,sentence\n1,a\n")
        == "a.csv has no column \"label\"; its columns are \"lable\", \"sentence\"; is \"lable\" meant?")
    let some = ReadingOptions(labelKeys: ["joy", "fear"], labels: .optional)
    #expect(
      try failure("a.csv", "joy,sentence\n1,a\n", some)
        == "a.csv has no column \"fear\"; its columns are \"joy\", \"sentence\"")
    #expect(
      try failure("a.csv", "label,sentence\n1,\"a\nb\"\n1,a,b\n") == "a.csv, line 4: 3 fields where the header has 2")
    #expect(try failure("a.csv", "label,sentence\n1\n") == "a.csv, line 2: 1 field where the header has 2")
  }

  @Test func quotes() throws {
    #expect(
      try failure("a.csv", "label,sentence\n1,\"a\nb\"\n0,\"open\n1,c\n")
        == "a.csv, line 4: a quote is opened and never closed")
  }

  @Test func labels() throws {
    #expect(
      try failure("a.csv", "label,sentence\n1,a\npositive,b\n")
        == "a.csv, line 3: label \"positive\" in \"label\" is not a number")
    for word in ["nan", "inf", "0x1p2", "1e999", "--1"] {
      #expect(
        try failure("a.csv", "label,sentence\n\(word),b\n")
          == "a.csv, line 2: label \"\(word)\" in \"label\" is not a number")
    }
    #expect(
      try failure("a.json", "[{\"sentence\":\"a\",\n\"label\":\"1 good\"},{\"sentence\":\"b\",\"label\":0}]")
        == "a.json, line 2: label \"0\" in \"label\" is a number, where earlier rows have names")
    #expect(
      try failure("a.json", "[\n{\"sentence\":\"a\",\"label\":[1]}]")
        == "a.json, line 2: label \"a nested value\" in \"label\" is not a number")
  }

  @Test func encodings() throws {
    let hint = "bytes that are not UTF-8"
    #expect(
      try failure("a.csv", bytes: Array("label,sentence\n1,a\n1,".utf8) + [0xE9, 10]) == "a.csv, line 3: " + hint)
    #expect(try failure("a.csv", bytes: Array("label,sentence\n1,a".utf8) + [0xE2, 0x82]) == "a.csv, line 2: " + hint)
    let far = Array(String(repeating: "1,aé\n", count: 200_000).utf8)
    #expect(
      try failure("a.csv", bytes: Array("label,sentence\n".utf8) + far + [0xFF]) == "a.csv, line 200002: " + hint)
  }

  /// A file is read if and only if another decoder finds nothing to repair in it.
  @Test func refusesWhatIsNotUTF8() throws {
    for example in try Golden.load().codec {
      let path = try scratch.file("a.csv", bytes: Array("sentence\nx".utf8) + example.bytes)
      if example.text.contains("\u{FFFD}") {
        #expect(throws: CorpusError.invalidUTF8(path: path, line: 2), "\(example.bytes)") {
          try CorpusReader.read(path, options: ReadingOptions())
        }
      } else {
        #expect(try CorpusReader.read(path, options: ReadingOptions()).strings == ["x" + example.text])
      }
    }
  }

  @Test func mutatedTablesNeverTrap() throws {
    var generator = MersenneTwister(seed: 21)
    let whole = Array("label,sentence\n1,\"a, \"\"b\"\"\nc\"\r\n0,plain é\n1,\"x\"\n".utf8)
    for _ in 0..<600 {
      var bytes = Array(whole.prefix(generator.draw(upTo: whole.count)))
      if !bytes.isEmpty { bytes[generator.draw(upTo: bytes.count - 1)] = UInt8(generator.draw(upTo: 255)) }
      let path = try scratch.file("m.csv", bytes: bytes)
      do {
        #expect((1...4).contains(try CorpusReader.read(path, options: required).count))
      } catch {
        #expect("\(error)".contains("m.csv"))
      }
    }
  }

  @Test func badJSON() throws {
    func expect(_ text: String, _ line: Int, _ expected: String, file: String = "a.json") throws {
      #expect(try failure(file, text) == "\(file), line \(line): not valid JSON, expected \(expected)", "\(text)")
    }
    try expect("sentence", 1, "\"[\" or \"{\"")
    try expect("[\n{\"sentence\" \"a\"}]", 2, "a colon")
    try expect("[{\"sentence\":\"a\",\"label\":1}\n\n{", 3, "a comma or a closing bracket")
    try expect("[{\"sentence\":\"a\",\"label\":1}\n", 2, "a closing bracket before the end of the file")
    try expect("[{\"sentence\":\"a\",\"label\":1}]\nx", 2, "nothing behind the array")
    try expect("[{\"sentence\":\"a\",\"label\":1},]", 1, "an object")
    try expect("[1]", 1, "an object or a closing bracket")
    try expect("[{\"sentence\":\"a", 1, "the rest of the object before the end of the file")
    try expect("[{\"sentence\":\"a\nb\"}]", 1, "a closing quote, or control characters to be escaped")
    try expect("[{\"sentence\":\"\\x\"}]", 1, "one of \" \\ / b f n r t u behind a backslash")
    try expect("[{\"sentence\":\"\\u12g4\"}]", 1, "four hexadecimal digits behind \\u")
    try expect("[{\"sentence\":\"a\",\"x\":01}]", 1, "a number without leading zeros")
    try expect("[{\"sentence\":\"a\",\"x\":nil}]", 1, "a value")
    try expect("[{\"sentence\":\"a\",\"x\":[1 2]}]", 1, "a comma or a closing bracket")
    try expect(
      "{\"sentence\":\"a\",\"label\":1}\n{\"sentence\":\"b\"\n", 2, "the rest of the object before the end of the line",
      file: "a.jsonl")
    try expect("{\"sentence\":\"a\",\"label\":1} x\n", 1, "the end of the line behind the object", file: "a.jsonl")
    let deep = String(repeating: "[", count: 100_000)
    try expect("[{\"x\":\(deep)", 1, "at most 512 levels of nesting")
  }

  @Test func keys() throws {
    #expect(
      try failure("a.json", "[{\"text\":\"a\",\"label\":1}]")
        == "a.json, line 1: the object has no key \"sentence\"; its keys are \"text\", \"label\"")
    #expect(
      try failure("a.jsonl", "{\"sentence\":\"a\",\"label\":1}\n{\"sentence\":\"a\"}")
        == "a.jsonl, line 2: the object has no key \"label\"; its keys are \"sentence\"")
    #expect(try failure("a.json", "[{\"sentence\":[]}]") == "a.json, line 1: \"sentence\" is not a text")
  }

  @Test func names() {
    #expect(
      sentence { try ReadingOptions(delimiter: "\"").read("a.csv") }
        == "delimiter \"\"\" cannot be used; expected one ASCII character, not a quote or a line break")
    #expect(
      sentence { try TextEncoding(named: "ebcdic") }
        == "unknown encoding \"ebcdic\"; expected utf-8, latin1, windows-1252, utf-16, utf-16le, utf-16be, iso-8859-2, "
        + "iso-8859-15, windows-1251, koi8-r, gb18030, big5, shift_jis, euc-jp or euc-kr")
    #expect(
      sentence { try CleaningMethod(named: "x") }
        == "unknown cleaning \"x\"; expected process_str, process_tweet or none")
  }
}

extension ReadingOptions {
  fileprivate func read(_ name: String) throws -> Corpus {
    let scratch = try ScratchFolder()
    return try CorpusReader.read(scratch.file(name, "sentence\na\n"), options: self)
  }
}
