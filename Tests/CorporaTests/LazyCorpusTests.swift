import Files
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Corpora

@Suite struct LazyCorpusTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private struct Stop: Error {}

  private func open(
    _ paths: [String], _ options: ReadingOptions = ReadingOptions(), cleaning: CleaningMethod = .processString,
    tokenizer: any Tokenizer = CharacterTokenizer(), threads: Int = 2,
    observe: (LazyCorpus.Progress) throws -> Void = { _ in }
  ) throws -> LazyCorpus {
    try LazyCorpus(
      paths, options: options, cleaning: cleaning, tokenizer: tokenizer, threads: threads, observe: observe)
  }

  private func tokens(_ corpus: LazyCorpus) throws -> [[Int32]] {
    try (0..<corpus.source.count).map { try corpus.source.tokens(at: $0) }
  }

  /// The one folder of tokens in a lazy folder.
  private func folder(_ lazy: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/" + lazy)
    #expect(names.count == 1, "\(names)")
    return scratch.path + "/" + lazy + "/" + (names.first ?? "")
  }

  private func strings(_ corpus: LazyCorpus) throws -> [String] {
    try tokens(corpus).map { String(decoding: CharacterTokenizer().decode($0), as: UTF8.self) }
  }

  @Test func tokensAreThoseOfTheCleanedTexts() throws {
    let path = try scratch.file("reviews.csv", "label,sentence\n1,\"It's g\né\"\n0,\n1,ok\n")
    let corpus = try open([path])
    let inMemory = try CorpusReader.read([path], options: ReadingOptions())
    let expected = CleanedTexts(inMemory.texts, cleaning: .processString)
    #expect(try tokens(corpus) == (0..<2).map { try expected.tokens(at: $0) })
    #expect(corpus.summary == inMemory.summary)
    let joined = try open([path, path])
    #expect(try tokens(joined) == [0, 1, 0, 1].map { try expected.tokens(at: $0) })
    #expect(joined.summary.rowsRead == 4 && joined.summary.rowsSkipped == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("reviews.lazy")).sorted()
    #expect(names == ["manifest.json", "offsets", "tokens"])
    // A byte for each byte of "\n It's g e " and "\n ok ".
    #expect(FileManager.default.contents(atPath: try folder("reviews.lazy") + "/tokens")?.count == 11 + 5)
  }

  @Test func piecesTakeTwoBytes() throws {
    let reviews = try sampleReviews()
    let lines = (0..<reviews.count).map { "{\"sentence\": \"\(reviews.string(at: $0))\"}\n" }
    let path = try scratch.file("a.jsonl", lines.joined())
    let tokenizer = try SentencePieceTraining(vocabularySize: 300).train(on: reviews, cleaning: .none)
    let corpus = try open([path], tokenizer: tokenizer)
    let expected = CleanedTexts(reviews, cleaning: .processString, tokenizer: tokenizer)
    let wanted = try (0..<reviews.count).map { try expected.tokens(at: $0) }
    #expect(try tokens(corpus) == wanted)
    #expect(corpus.source.byteCounts == tokenizer.byteCounts)
    let stored = try #require(FileManager.default.contents(atPath: try folder("a.lazy") + "/tokens"))
    #expect(stored.count == 2 * wanted.reduce(0) { $0 + $1.count })
  }

  @Test(arguments: [(257, 1), (258, 2), (65_537, 2), (65_538, 4)])
  func widthFollowsTheVocabulary(_ row: (vocabulary: Int, bytes: Int)) throws {
    let width = TokenWidth(vocabularySize: row.vocabulary)
    #expect(width.rawValue == row.bytes)
    let tokens: [Int32] = [1, 2, 256, Int32(row.vocabulary - 1)]
    var bytes: [UInt8] = []
    width.append(tokens, to: &bytes)
    #expect(bytes.count == 4 * row.bytes)
    #expect(width.tokens(bytes, vocabularySize: row.vocabulary) == tokens)
    #expect(width.tokens(bytes, vocabularySize: row.vocabulary - 1) == nil)
    #expect(width.tokens([], vocabularySize: row.vocabulary) == [])
  }

  @Test func reusesTheTokensOfAnUnchangedSource() throws {
    let path = try scratch.file("a.jsonl", "{\"sentence\":\"one\"}\n")
    _ = try open([path], cleaning: .none)
    _ = try scratch.file(try folder("a.lazy").dropFirst(scratch.path.count + 1) + "/tokens", "two")
    #expect(try strings(open([path], cleaning: .none)) == ["two"])
  }

  @Test func madeAnewWhenTheSourceChanges() throws {
    let path = try scratch.file("a.csv", "sentence,other\none,eins\n")
    #expect(try strings(open([path], cleaning: .none)) == ["one"])
    _ = try scratch.file("a.csv", "sentence,other\ntwo,zwei\n")
    #expect(try strings(open([path], cleaning: .none)) == ["two"])
    // The same size and time, but other bytes.
    var facts = stat()
    #expect(stat(path, &facts) == 0)
    _ = try scratch.file("a.csv", "sentence,other\nTWO,zwei\n")
    var times = [facts.st_atim, facts.st_mtim]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    #expect(try strings(open([path], cleaning: .none)) == ["TWO"])
    _ = try folder("a.lazy")
  }

  @Test func settingsStandSideBySide() throws {
    let path = try scratch.file("a.csv", "sentence,other\n<b>one,eins\n")
    #expect(try strings(open([path], cleaning: .none)) == ["<b>one"])
    #expect(try strings(open([path])) == ["\n one "])
    #expect(try strings(open([path], ReadingOptions(textKey: "other"), cleaning: .none)) == ["eins"])
    #expect(try strings(open([path], ReadingOptions(encoding: .latin1), cleaning: .none)) == ["<b>one"])
    var made = 0
    #expect(try strings(open([path], cleaning: .none) { _ in made += 1 }) == ["<b>one"])
    #expect(made == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/a.lazy").count == 4)
  }

  @Test func madeAnewWhenDamaged() throws {
    let path = try scratch.file("a.csv", "sentence\none\ntwo\n")
    for (file, bytes) in [("tokens", [UInt8]("on".utf8)), ("offsets", [1, 2, 3]), ("manifest.json", [])] {
      _ = try open([path], cleaning: .none)
      let name = try folder("a.lazy").dropFirst(scratch.path.count + 1) + "/" + file
      _ = try scratch.file(name, bytes: bytes)
      #expect(try strings(open([path], cleaning: .none)) == ["one", "two"], "\(file)")
    }
  }

  @Test func damageThatKeepsSizesIsRefusedWhenItIsRead() throws {
    let path = try scratch.file("a.csv", "sentence\nthe film\nthe book\n")
    let tokenizer = try SentencePieceTraining(vocabularySize: 100).train(on: sampleReviews(), cleaning: .none)
    let corpus = try open([path], tokenizer: tokenizer)
    #expect(corpus.source.count == 2)
    for file in ["tokens", "offsets"] {
      let name = try folder("a.lazy") + "/" + file
      let size = try #require(FileManager.default.contents(atPath: name)).count
      _ = try scratch.file(
        String(name.dropFirst(scratch.path.count + 1)), bytes: [UInt8](repeating: 0xFF, count: size))
      let found = sentence { try tokens(open([path], tokenizer: tokenizer)) }
      #expect(found.hasPrefix("\(name) is damaged ("), "\(found)")
      #expect(found.hasSuffix("); delete it and it is written anew"))
    }
  }

  @Test func aSourceThatCannotBeReadLeavesNothingBehind() throws {
    let path = try scratch.file("a.csv", "sentence,x\none,1\ntwo\n")
    #expect(throws: CorpusError.wrongFieldCount(path: path, line: 3, expected: 2, found: 1)) { try open([path]) }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/a.lazy"))
    let empty = try scratch.file("b.csv", "sentence,x\n,1\n")
    #expect(throws: CorpusError.noUsableRows(path: empty, rowsSkipped: 1)) { try open([empty]) }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/b.lazy"))
  }

  /// Writes a file of some 10 MB, more than two chunks.
  private func largeFile(_ name: String) throws -> String {
    let line = String(repeating: "some words of a review ", count: 45)
    return try scratch.file(name, "sentence\n" + (0..<10_000).map { "\($0) \(line)\n" }.joined())
  }

  @Test func goesOnWhereItWasStopped() throws {
    let path = try largeFile("a.csv")
    var done = 0
    #expect(throws: Stop.self) {
      try open([path]) {
        if case .preparing(_, let texts, _, _) = $0 { done = texts }
        throw Stop()
      }
    }
    #expect(done > 1000 && done < 9000)
    // What was written after the state was put on disk is not trusted.
    let partial = try folder("a.lazy")
    #expect(partial.hasSuffix(".partial"))
    for name in ["tokens", "offsets"] {
      let file = try #require(FileHandle(forWritingAtPath: partial + "/" + name))
      try file.seekToEnd()
      try file.write(contentsOf: Data("left behind".utf8))
      try file.close()
    }
    var progress: [Int] = []
    let resumed = try open([path]) { if case .preparing(_, let texts, _, _) = $0 { progress.append(texts) } }
    #expect(progress.count < 3 && (progress.first ?? 0) > done)
    let whole = try open([try largeFile("b.csv")])
    #expect(
      try FileManager.default.contents(atPath: folder("a.lazy") + "/tokens")
        == FileManager.default.contents(atPath: folder("b.lazy") + "/tokens"))
    #expect(resumed.summary == whole.summary)
    #expect(try tokens(resumed) == tokens(whole))
  }

  @Test func anOldStateOfAChangedSourceIsNotContinued() throws {
    let path = try largeFile("a.csv")
    #expect(throws: Stop.self) { try open([path]) { _ in throw Stop() } }
    _ = try scratch.file("a.csv", "sentence\nshort\n")
    #expect(try strings(open([path])) == ["\n short "])
  }

  @Test func oneOfManyMakesItAndAllUseIt() throws {
    let path = try largeFile("a.csv")
    let made = Mutex(0)
    let counts = Mutex<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let corpus = try? LazyCorpus(
        [path], options: ReadingOptions(), cleaning: .processString, tokenizer: CharacterTokenizer()
      ) {
        if case .prepared = $0 { made.withLock { $0 += 1 } }
      }
      counts.withLock { $0.append(corpus?.source.count ?? -1) }
    }
    #expect(made.withLock { $0 } == 1)
    #expect(counts.withLock { $0 } == [10_000, 10_000, 10_000, 10_000])
    _ = try folder("a.lazy")
  }

  @Test func aLockThatWasLeftBehindLocksNobodyOut() throws {
    let path = try scratch.file("a.csv", "sentence\none\n")
    let name = try TokenFileRecipe(
      path: path, options: ReadingOptions(), cleaning: .none, tokenizer: CharacterTokenizer()
    ).name
    try FileManager.default.createDirectory(atPath: scratch.path + "/a.lazy", withIntermediateDirectories: false)
    _ = try scratch.file("a.lazy/\(name).lock", "")
    #expect(try strings(open([path], cleaning: .none)) == ["one"])
    _ = try folder("a.lazy")
  }

  @Test func whoWaitsCanBeStopped() throws {
    let path = try scratch.file("a.csv", "sentence\none\n")
    let name = try TokenFileRecipe(
      path: path, options: ReadingOptions(), cleaning: .none, tokenizer: CharacterTokenizer()
    ).name
    try FileManager.default.createDirectory(atPath: scratch.path + "/a.lazy", withIntermediateDirectories: false)
    let lock = try FileLock(path: scratch.path + "/a.lazy/\(name).lock") {}
    var waited = false
    #expect(throws: Stop.self) {
      try open([path], cleaning: .none) {
        waited = $0 == .waiting(path: path)
        throw Stop()
      }
    }
    #expect(waited)
    withExtendedLifetime(lock) {}
  }

  /// Memory of the process must not follow the size of the file: 80 MB here, prepared and read in far less.
  @Test(.disabled(if: isSanitized)) func memoryIsBounded() async {
    // In a process of its own, since memory is the whole process's.
    await #expect(processExitsWith: .success) {
      let tests = try Self()
      let path = try tests.scratch.file("big.csv", "sentence\n")
      let row = String(repeating: "some words of a review ", count: 45) + "\n"
      let rows = Data(String(repeating: row, count: 1000).utf8)
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.seekToEnd()
      for _ in 0..<80 { try file.write(contentsOf: rows) }
      try file.close()
      let growth = try PeakMemory.growth {
        let corpus = try tests.open([path])
        var sampler = try ShardSampler(source: corpus.source, rowSeeds: [1, 2, 3, 4], sequenceLength: 256)
        for _ in 0..<2000 { _ = try sampler.nextBatch() }
        #expect(corpus.source.count == 80_000)
      }
      #expect(growth < 40 << 20)
    }
  }

  @Test func namesTheFolder() {
    #expect(LazyCorpus.folder(for: "data/a.b/reviews.json") == "data/a.b/reviews.lazy")
    #expect(LazyCorpus.folder(for: "a.b/reviews") == "a.b/reviews.lazy")
  }
}
