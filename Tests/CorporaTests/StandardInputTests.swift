import Corpora
import Foundation
import Testing

/// Standard input is one for the whole process, so these run one after another.
@Suite(.serialized) struct StandardInputTests {
  /// Runs `body` with standard input coming from `bytes`.
  private func withInput<Result>(_ text: String, _ body: () throws -> Result) throws -> Result {
    let scratch = try ScratchFolder()
    let path = try scratch.file("input", text)
    let saved = dup(0)
    let descriptor = open(path, O_RDONLY)
    dup2(descriptor, 0)
    defer {
      dup2(saved, 0)
      close(saved)
      close(descriptor)
    }
    return try body()
  }

  @Test func shapeIsFoundByContent() throws {
    let options = ReadingOptions(labelKeys: ["label"], labels: .optional)
    func read(_ text: String) throws -> (Corpus) {
      try withInput(text) { try CorpusReader.read(["-"], options: options) }
    }
    let array = try read("[{\"sentence\":\"a\",\"label\":1}]")
    #expect(array.format == .jsonArray)
    #expect(array.labels == [[1]])
    let lines = try read("{\"sentence\":\"a\"}\n{\"sentence\":\"b\"}\n")
    #expect(lines.format == .jsonLines)
    #expect(lines.strings == ["a", "b"])
    let table = try read("label,sentence\n1,\"a,\nb\"\n")
    #expect(table.format == .delimited(UInt8(ascii: ",")))
    #expect(table.strings == ["a,\nb"])
    #expect(try read("label\tsentence\n1\ta, b\n").strings == ["a, b"])
    let plain = try read("\n\"Well, this is it\nA second one\r\n\n  \nand a last, \"here\"")
    #expect(plain.format == .plainText)
    #expect(plain.strings == ["\"Well, this is it", "A second one", "and a last, \"here\""])
    #expect(plain.labels == [[-1, -1, -1]])
    #expect(try read(" \n\n  led by blanks\n").strings == ["  led by blanks"])
    #expect(try read("\n\tsentence\n1\ta\n").strings == ["a"])
  }

  @Test func errorsNameStandardInput() throws {
    let options = ReadingOptions(labelKeys: ["label"], labels: .required)
    func failure(_ text: String) throws -> String {
      try withInput(text) { sentence { try CorpusReader.readStandardInput(options: options) } }
    }
    #expect(try failure(" \n") == "standard input is empty")
    #expect(try failure("a line\n") == "standard input is plain text, one text a line, and has no column \"label\"")
    #expect(
      sentence {
        try LazyCorpus(["-"], options: options, cleaning: .none, tokenizer: CharacterTokenizer())
      }
        == "standard input can be read only once, but texts that stay on disk are read again and again; save its texts "
        + "in a file and name that"
    )
  }

  /// A row must be answered before the next is written.
  @Test func rowsComeAsTheyAreWritten() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let saved = dup(0)
    dup2(ends[0], 0)
    defer {
      dup2(saved, 0)
      close(saved)
      close(ends[0])
    }
    func write(_ text: String) {
      _ = Array(text.utf8).withUnsafeBytes { Foundation.write(ends[1], $0.baseAddress, $0.count) }
    }
    write("first line\n")
    let reader = try RowReader(path: "-", options: ReadingOptions())
    #expect(try reader.next() == CorpusRow(text: Array("first line".utf8), labels: [], line: 1))
    write("second")
    write(" line\nthird")
    #expect(try reader.next() == CorpusRow(text: Array("second line".utf8), labels: [], line: 2))
    close(ends[1])
    #expect(try reader.next()?.text == Array("third".utf8))
    #expect(try reader.next() == nil)
    #expect(reader.summary.rowsRead == 3)
  }
}
