import Corpora
import Files
import Testing

@Suite struct ForeignFileTests {
  static let examples: [(name: String, bytes: [UInt8], kind: ForeignFile)] = [
    ("a.csv", [0x50, 0x4B, 3, 4, 20, 0], .zip),
    ("a.csv", [0x50, 0x4B, 3, 4] + Array("..[Content_Types].xml".utf8), .office),
    ("a.xlsx", [0x50, 0x4B, 3, 4] + Array("....xl/workbook.xml".utf8), .office),
    ("a.txt", Array("BZh91AY&SY".utf8), .bzip2), ("a.csv.bz2", Array("BZh91AY&SY".utf8), .bzip2),
    ("corpus", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz), ("a.json", [0x28, 0xB5, 0x2F, 0xFD], .zstandard),
    ("a.parquet", Array("PAR1\u{15}\u{4}".utf8), .parquet), ("a.csv", Array("%PDF-1.4\n".utf8), .pdf),
    ("a.csv", [0x89] + Array("PNG\r\n".utf8), .png), ("a.txt", [0x80, 4, 0x95], .pickle),
    ("a.csv", Array("<!DOCTYPE html><html>404, not found</html>\n".utf8), .webPage),
    ("a.json", Array("\n<html>404</html>\n".utf8), .webPage),
    ("a.csv", Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8), .largeFilePointer),
    ("a.csv", "label,sentence\n".utf8.flatMap { [$0, 0] }, .utf16),
    ("a.csv", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], .utf32),
  ]

  @Test(arguments: examples.indices) func areNamed(index: Int) throws {
    let example = Self.examples[index]
    let scratch = try ScratchFolder()
    let path = try scratch.file(example.name, bytes: example.bytes)
    #expect(throws: CorpusError.foreignFile(path: path, kind: example.kind)) {
      try RowReader(path: path, options: ReadingOptions()).next()
    }
  }

  @Test func textsMayBeginInAnyWay() throws {
    for text in ["PAR1 is a format\n", "BZh, he said\n", "<html> is a tag\n", "GIF8\n", "Rar! It is\n"] {
      let reader = try RowReader(bytes: Array(text.utf8), named: "a.txt", options: ReadingOptions())
      #expect(try reader.next() != nil, "\(text)")
    }
  }

  @Test func anEmptyArrayIsNoHeader() {
    #expect(
      sentence { try RowReader(bytes: Array("[]\n".utf8), named: "a.json", options: ReadingOptions()).next() }
        == "a.json is a JSON array without objects")
  }

  @Test func notANumberOfPythonIsRead() throws {
    let text = "{\"sentence\":\"a\",\"x\":NaN,\"y\":[-Infinity,Infinity],\"label\":NaN}\n"
    let options = ReadingOptions(labelKeys: ["label"], labels: .optional)
    #expect(try RowReader(bytes: Array(text.utf8), named: "a.jsonl", options: options).next()?.labels == [-1])
    #expect(
      sentence { try RowReader(bytes: Array("{'sentence': 'a'}\n".utf8), named: "a.jsonl", options: options).next() }
        .hasSuffix("expected double quotes in place of single ones"))
  }
}
