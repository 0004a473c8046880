import Corpora
import Files
import Foundation
import Testing

@Suite struct FilePatternTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test func patternsBecomeSortedNames() throws {
    for name in ["b2.csv", "b10.csv", "a.csv", "c.txt", "odd[1].csv"] {
      _ = try scratch.file(name, "sentence\n\(name)\n")
    }
    let folder = scratch.path + "/"
    func names(_ pattern: String) -> [String] {
      FilePattern.expand([folder + pattern]).map { $0.replacingOccurrences(of: folder, with: "") }
    }
    #expect(names("b*.csv") == ["b10.csv", "b2.csv"])
    #expect(names("?.csv") == ["a.csv"])
    #expect(names("[ac].*") == ["a.csv", "c.txt"])
    #expect(names("a.csv") == ["a.csv"])
    // A file's own name is no pattern.
    #expect(names("odd[1].csv") == ["odd[1].csv"])
    #expect(names("x*") == ["x*"])
    #expect(FilePattern.expand(["-", folder + "c.*"]) == ["-", folder + "c.txt"])
    #expect(try CorpusReader.read(FilePattern.expand([folder + "b*.csv"]), options: ReadingOptions()).count == 2)
  }

  @Test func namesThatAreNotUTF8() throws {
    let bytes: [CChar] =
      scratch.path.utf8.map { CChar(bitPattern: $0) } + [0x2F, 0x63, -0x17, 0x2E, 0x63, 0x73, 0x76, 0]
    let name = FileName.decoded(bytes)
    #expect(name.fileName == bytes)
    #expect(name.printable.hasSuffix("/c\\xE9.csv"))
    let file = try #require(fopen(bytes, "w"))
    fputs("sentence\na\n", file)
    fclose(file)
    #expect(FilePattern.expand([scratch.path + "/*.csv"]) == [name])
    #expect(try CorpusReader.read([name], options: ReadingOptions()).count == 1)
    #expect(FileName.decoded("café") == "café")
  }

  @Test func aPatternWithoutFilesIsNamed() {
    #expect(
      sentence { try CorpusReader.read(["no/such-*.csv"], options: ReadingOptions()) }
        == "no file matches no/such-*.csv")
  }

  @Test func filesWithoutExtensionAreReadByContent() throws {
    let options = ReadingOptions(labelKeys: ["label"], labels: .optional)
    func format(_ text: String) throws -> CorpusFormat {
      try RowReader(bytes: Array(text.utf8), named: "corpus", options: options).format
    }
    #expect(try format("[{\"sentence\":\"a\"}]") == .jsonArray)
    #expect(try format("{\"sentence\":\"a\"}") == .jsonLines)
    #expect(try format("label\tsentence\n1\ta") == .delimited(9))
    #expect(try format("label,text\n1,a") == .plainText)
    let text = try RowReader(bytes: Array("[not json\n{nor this".utf8), named: "a.txt", options: options)
    #expect(text.format == .plainText)
    #expect(try text.next()?.text == Array("[not json".utf8))
  }
}
