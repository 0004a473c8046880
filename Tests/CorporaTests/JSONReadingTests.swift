import Corpora
import Foundation
import Testing

@Suite struct JSONReadingTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private let optional = ReadingOptions(labelKeys: ["label"], labels: .optional)

  private func read(_ text: String, name: String = "a.json", _ options: ReadingOptions? = nil) throws -> Corpus {
    try CorpusReader.read(scratch.file(name, text), options: options ?? optional)
  }

  @Test func readsArraysAndLinesByContent() throws {
    let array = try read("\n [ {\"sentence\": \"a\", \"label\": 1},\n{\"label\":0,\"sentence\":\"b\"} ]\n")
    #expect(array.format == .jsonArray)
    #expect(array.strings == ["a", "b"])
    #expect(array.labels == [[1, 0]])
    for name in ["a.json", "a.jsonl", "a.ndjson", "A.JSONL"] {
      let lines = try read("{\"sentence\":\"a\",\"label\":1}\n\n {\"sentence\":\"b\"}\r\n", name: name)
      #expect(lines.format == .jsonLines)
      #expect(lines.strings == ["a", "b"])
      #expect(lines.labels == [[1, -1]])
    }
  }

  @Test func readsEveryKindOfValue() throws {
    let corpus = try read(
      """
      [{"sentence":12.50,"label":true},{"x":{"sentence":"no","y":[1,[],{}]},"sentence":"yes","label":"4.5"},
      {"sentence":"t","label":false},{"sentence":"n","label":null},{"sentence":null},{"sentence":""},
      {"sentence":"first","sentence":"last","label":-2e0}]
      """)
    #expect(corpus.strings == ["12.50", "yes", "t", "n", "last"])
    #expect(corpus.labels == [[1, 4.5, 0, -1, -2]])
    #expect(corpus.summary.skipped[.emptyText]?.count == 2)
    #expect(corpus.summary.skipped[.emptyText]?.firstPlaces.map(\.line) == [2, 2])
  }

  @Test func readsEscapes() throws {
    let corpus = try read(#"[{"\u0073entence":"\"\\\/\b\f\n\r\t\u00e9\u4f60\ud83d\ude00\ud83d\u0041\udc00.\ud83d"}]"#)
    #expect(corpus.strings == ["\"\\/\u{8}\u{C}\n\r\té你😀\u{FFFD}A\u{FFFD}.\u{FFFD}"])
  }

  /// Strings of any kind come back as another writer put them down, across the pieces a file is read in.
  @Test func agreesWithFoundationsWriter() throws {
    var generator = MersenneTwister(seed: 5)
    let alphabet: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\u{1}", "é", "你", "😀", "/", "{", "]", ","]
    let texts = (0..<4000).map { _ in
      // Not one of nothing but white space, which would be left out.
      var view = String.UnicodeScalarView("x".unicodeScalars)
      for _ in 0...generator.draw(upTo: 200) { view.append(alphabet[generator.draw(upTo: alphabet.count - 1)]) }
      return String(view)
    }
    let rows = texts.map { ["sentence": $0, "other": "x"] }
    let path = try scratch.file("f.json", bytes: Array(JSONSerialization.data(withJSONObject: rows)))
    #expect(try CorpusReader.read(path, options: ReadingOptions()).strings == texts)
    var lines = JSONWriter(keys: ["sentence"], form: .lines)
    for text in texts { lines.append([.text(text)]) }
    let linesPath = try scratch.file("f.jsonl", bytes: Array(lines.finish()))
    #expect(try CorpusReader.read(linesPath, options: ReadingOptions()).strings == texts)
  }

  /// Every truncation of a good file is an error that names the file, never a trap or a short corpus.
  @Test func truncatedFilesAreRefused() throws {
    let whole = #"[{"sentence":"a\u00e9\n","x":[1,{"y":null}],"label":1.5e3},{"sentence":"b"}]"#
    for length in 1..<whole.utf8.count {
      let path = try scratch.file("t.json", bytes: Array(whole.utf8.prefix(length)))
      #expect(throws: CorpusError.self) { try CorpusReader.read(path, options: optional) }
    }
    #expect(try read(whole).count == 2)
  }

  @Test func mutatedFilesNeverTrap() throws {
    var generator = MersenneTwister(seed: 9)
    let whole = Array(#"[{"sentence":"a\u00e9\n","x":[1,{"y":null}],"label":1.5e3},{"sentence":"b","label":"0"}]"#.utf8)
    for _ in 0..<600 {
      var bytes = whole
      for _ in 0...generator.draw(upTo: 2) {
        bytes[generator.draw(upTo: bytes.count - 1)] = UInt8(generator.draw(upTo: 255))
      }
      let path = try scratch.file("m.json", bytes: bytes)
      do {
        let corpus = try CorpusReader.read(path, options: optional)
        #expect((1...2).contains(corpus.count))
      } catch {
        #expect(error.description.contains("m.json"))
      }
    }
  }
}
