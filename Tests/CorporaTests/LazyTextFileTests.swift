import Corpora
import Foundation
import Testing

@Suite struct LazyTextFileTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func contents(_ name: String) -> Data? { FileManager.default.contents(atPath: scratch.path + "/" + name) }

  @Test func textsAreThoseOfTheReader() throws {
    let path = try scratch.file("reviews.csv", "label,sentence\n1,\"It's g\né\"\n0,\n1,ok\n")
    let corpus = try LazyTextFile.read([path], options: ReadingOptions())
    #expect(corpus.strings == ["It's g\né", "ok"])
    #expect(corpus.labels.isEmpty)
    #expect(corpus.summary.rowsSkipped == 1)
    #expect(corpus.format == .delimited(UInt8(ascii: ",")))
    #expect(contents("reviews.lazy/data") == Data("It's g\néok".utf8))
    let again = try LazyTextFile.read([path, path], options: ReadingOptions())
    #expect(again.strings == ["It's g\né", "ok", "It's g\né", "ok"])
    #expect(again.subset([3, 0]).strings == ["ok", "It's g\né"])
    #expect(again.summary.rowsRead == 4)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/reviews.lazy").sorted()
    #expect(names == ["data", "data.index", "manifest.json"])
  }

  @Test func reusesTheFolderOfAnUnchangedSource() throws {
    let path = try scratch.file("a.jsonl", "{\"sentence\":\"one\"}\n")
    #expect(try LazyTextFile.read([path], options: ReadingOptions()).format == .jsonLines)
    _ = try scratch.file("a.lazy/data", "two")
    #expect(try LazyTextFile.read([path], options: ReadingOptions()).strings == ["two"])
  }

  @Test func rebuildsWhenSourceOrKeyChanges() throws {
    let path = try scratch.file("a.csv", "sentence,other\none,eins\n")
    #expect(try LazyTextFile.read([path], options: ReadingOptions()).strings == ["one"])
    #expect(try LazyTextFile.read([path], options: ReadingOptions(textKey: "other")).strings == ["eins"])
    _ = try scratch.file("a.csv", "sentence,other\ntwo,zwei\n")
    #expect(try LazyTextFile.read([path], options: ReadingOptions(textKey: "other")).strings == ["zwei"])
    #expect(try LazyTextFile.read([path], options: ReadingOptions(encoding: .latin1)).strings == ["two"])
  }

  @Test func rebuildsADamagedFolder() throws {
    let path = try scratch.file("a.csv", "sentence\none\ntwo\n")
    for (file, bytes) in [
      ("data", [UInt8]("on".utf8)), ("data.index", [1, 2, 3]), ("manifest.json", []),
      ("data.index", [UInt8](repeating: 0xFF, count: 24)),
    ] {
      _ = try LazyTextFile.read([path], options: ReadingOptions())
      _ = try scratch.file("a.lazy/" + file, bytes: bytes)
      #expect(try LazyTextFile.read([path], options: ReadingOptions()).strings == ["one", "two"], "\(file)")
    }
  }

  @Test func aFailedBuildLeavesNothingBehind() throws {
    let path = try scratch.file("a.csv", "sentence,x\none,1\ntwo\n")
    #expect(throws: CorpusError.wrongFieldCount(path: path, line: 3, expected: 2, found: 1)) {
      try LazyTextFile.read([path], options: ReadingOptions())
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/a.lazy"))
  }

  @Test func namesTheFolder() {
    #expect(LazyTextFile.folder(for: "data/a.b/reviews.json") == "data/a.b/reviews.lazy")
    #expect(LazyTextFile.folder(for: "a.b/reviews") == "a.b/reviews.lazy")
  }

  /// Memory of the process must not follow the size of the file: 80 MB here, read in far less.
  @Test func memoryIsBounded() throws {
    let path = try scratch.file("big.csv", "sentence\n")
    let rows = Data(String(repeating: String(repeating: "some words of a review ", count: 45) + "\n", count: 1000).utf8)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    for _ in 0..<80 { try file.write(contentsOf: rows) }
    try file.close()
    // Makes the kernel forget the highest use so far.
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    let before = try highestUse()
    #expect(try LazyTextFile.read([path], options: ReadingOptions()).count == 80_000)
    #expect(try highestUse() - before < 40 << 20)
  }

  /// The highest use of memory, in bytes.
  private func highestUse() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber))) << 10
  }
}
