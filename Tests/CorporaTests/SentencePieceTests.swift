import Foundation
import Testing

@testable import Corpora

/// What the Python package made of the same models and texts; written by `Golden/make_sentencepiece.py`.
private struct SentencePieceGolden: Decodable {
  struct Example: Decodable {
    var text: String
    var ids: [Int32]
    var pieces: [String]
    var decoded: String
  }

  struct Case: Decodable {
    var modelType: String
    var vocabularySize: Int
    var model: String?
    var pieces: [String]
    var texts: [Example]
  }

  var kept: [Case]
  var trained: [Case]

  static let value = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/sentencepiece.json")
    return try JSONDecoder().decode(SentencePieceGolden.self, from: Data(contentsOf: file))
  }
}

/// The texts of a file of the reviews that come with the package.
func sampleReviews(_ name: String = "val") throws -> TextStore {
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return try CorpusReader.read(
    package.appendingPathComponent("data/reviews/\(name).csv").path, options: ReadingOptions()
  ).texts
}

@Suite struct SentencePieceTests {
  private func check(_ tokenizer: SentencePieceTokenizer, _ example: SentencePieceGolden.Case) throws {
    #expect(tokenizer.vocabularySize == example.pieces.count + 1)
    #expect((0..<example.pieces.count).map { tokenizer.piece(of: Int32($0 + 1)) } == example.pieces)
    for text in example.texts {
      let tokens = try tokenizer.tokens(of: Array(text.text.utf8))
      #expect(tokens == text.ids.map { $0 + 1 }, "\(text.text)")
      #expect(tokens.compactMap { tokenizer.piece(of: $0) } == text.pieces)
      #expect(String(decoding: try tokenizer.decode(tokens), as: UTF8.self) == text.decoded)
    }
  }

  @Test func readsModelsAsThePythonPackageDoes() throws {
    for example in try SentencePieceGolden.value.get().kept {
      let bytes = try #require(Data(base64Encoded: example.model ?? ""))
      try check(try SentencePieceTokenizer(modelBytes: Array(bytes)), example)
    }
  }

  @Test func trainsModelsAsThePythonPackageDoes() throws {
    let texts = try sampleReviews()
    for example in try SentencePieceGolden.value.get().trained {
      let type = try #require(SentencePieceTraining.ModelType(rawValue: example.modelType))
      let training = SentencePieceTraining(modelType: type, vocabularySize: example.vocabularySize)
      try check(try training.train(on: texts, cleaning: .none), example)
    }
  }

  @Test func trainsUnigramModels() throws {
    let texts = try sampleReviews()
    let tokenizer = try SentencePieceTraining(modelType: .unigram, vocabularySize: 200).train(
      on: texts, cleaning: .none)
    #expect(tokenizer.vocabularySize == 201)
    var (tokenCount, byteCount) = (0, 0)
    for index in 0..<50 {
      let tokens = try tokenizer.tokens(of: Array(texts[index]))
      #expect(try tokenizer.decode(tokens) == Array(texts[index]))
      tokenCount += tokens.count
      byteCount += texts[index].count
    }
    #expect(tokenCount * 2 < byteCount)
    let lines = tokenizer.vocabularyList.split(separator: "\n")
    #expect(lines.count == 200 && lines[0] == "<unk>\t0")
  }

  @Test func tokensStandForTheBytesOfTheirText() throws {
    let tokenizer = try SentencePieceTraining(vocabularySize: 200).train(on: sampleReviews(), cleaning: .none)
    let counts = try #require(tokenizer.byteCounts)
    #expect(counts.count == tokenizer.vocabularySize)
    #expect(counts[0] == 0 && counts[1] == 1 && counts[2] == 0 && counts[3] == 0)
    let text = "The battery is terrible, but the screen is lovely."
    let tokens = try tokenizer.tokens(of: Array(text.utf8))
    #expect(String(decoding: tokens.flatMap { tokenizer.bytes(of: $0) }, as: UTF8.self) == " " + text)
    #expect(tokens.reduce(0) { $0 + Int(counts[Int($1)]) } == text.utf8.count + 1)
    #expect((0...3).allSatisfy { !tokenizer.isWritable($0) } && (4...200).allSatisfy { tokenizer.isWritable($0) })
    #expect(!tokenizer.isWritable(201) && !tokenizer.isWritable(-1))
    #expect(tokenizer.bytes(of: 0).isEmpty && tokenizer.bytes(of: 999).isEmpty)
    #expect(tokenizer.openingTokens.map { tokenizer.piece(of: $0) } == ["."])
    #expect(try tokenizer.decode([0, -4, 900]).isEmpty)
  }

  @Test func bytesOfUnknownCharactersComeBackWhole() throws {
    let example = try #require(SentencePieceGolden.value.get().kept.last)
    let bytes = try #require(Data(base64Encoded: example.model ?? ""))
    let tokenizer = try SentencePieceTokenizer(modelBytes: Array(bytes))
    let tokens = try tokenizer.tokens(of: Array("你好 😀".utf8))
    #expect(String(decoding: tokens.flatMap { tokenizer.bytes(of: $0) }, as: UTF8.self) == " 你好 😀")
  }

  @Test func anEvenChoiceOfALargeTextIsTaken() throws {
    let texts = TextStore((0..<1000).map { "text number \($0) of the thousand" })
    var sentences = 0
    let training = SentencePieceTraining(modelType: .char, vocabularySize: 40, textLimit: texts.byteCount / 10)
    _ = try training.train(on: texts, cleaning: .none) { if case .building(let count) = $0 { sentences = count } }
    #expect((99...101).contains(sentences))
    let choice = EvenChoice(limit: 3, of: 10)
    #expect((0..<10).filter(choice.takes).count == 3)
  }

  @Test func filesAndTextsInMemoryTrainTheSameModel() throws {
    let scratch = try ScratchFolder()
    let rows = try sampleReviews()
    let lines = (0..<rows.count).map { "{\"sentence\": \"\(rows.string(at: $0))\"}\n" }
    let first = try scratch.file("a.jsonl", lines[..<300].joined())
    let second = try scratch.file("b.jsonl", lines[300...].joined())
    let training = SentencePieceTraining(vocabularySize: 150)
    let streamed = try training.train(onFiles: [first, second], options: ReadingOptions(), cleaning: .processString)
    #expect(streamed == (try training.train(on: rows, cleaning: .processString)))
  }

  @Test func failuresAreOneSentence() throws {
    let texts = try sampleReviews()
    func failure(_ training: SentencePieceTraining, _ texts: TextStore) -> String {
      sentence { try training.train(on: texts, cleaning: .none) }
    }
    #expect(
      failure(SentencePieceTraining(vocabularySize: 12), texts)
        == "no SentencePiece model can be trained: the text's characters alone need 66 pieces, and 12 were asked for"
    )
    #expect(
      failure(SentencePieceTraining(vocabularySize: 500_000), texts)
        .hasPrefix("no SentencePiece model can be trained: the text gives no more than "))
    #expect(
      failure(SentencePieceTraining(), TextStore())
        == "no SentencePiece model can be trained: there is no text to train it on")
    #expect(
      sentence { try SentencePieceTokenizer(modelBytes: Array("no model".utf8)) }
        == "the tokenizer's model cannot be used as a tokenizer: it is not a SentencePiece model")
    #expect(sentence { try SentencePieceTokenizer(modelBytes: []) } != "no error")
    let scratch = try ScratchFolder()
    let path = try scratch.file("a.model", "no model")
    #expect(
      sentence { try SentencePieceTokenizer(path: path) }
        == "\(path) cannot be used as a tokenizer: it is not a SentencePiece model")
    #expect(sentence { try SentencePieceTokenizer(path: path + "x") } == "\(path)x does not exist")
  }

  @Test func theCallerCanStopATraining() throws {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try SentencePieceTraining(vocabularySize: 100).train(on: sampleReviews(), cleaning: .none) { _ in throw Stop() }
    }
  }

  @Test func textsWithoutSpacesAndOddBytesAreTrainedOn() throws {
    let texts = TextStore([
      String(repeating: "x", count: 200_000), String(repeating: "\u{FDFA}", count: 30_000), "a\u{0}b\tc", "\u{2581}",
      String(repeating: "no stop ", count: 20_000),
    ])
    let tokenizer = try SentencePieceTraining(vocabularySize: 60).train(on: texts, cleaning: .none)
    #expect(tokenizer.vocabularySize == 61)
    let tokens = try tokenizer.tokens(of: [0xFF, 0x41, 0xC3])
    #expect(tokens.allSatisfy { $0 > 0 && $0 < 61 })
  }

  /// Mutated models are refused or work, and never end the program.
  @Test func mutatedModelsDoNoHarm() throws {
    let example = try #require(SentencePieceGolden.value.get().kept.first)
    let bytes = Array(try #require(Data(base64Encoded: example.model ?? "")))
    var generator = MersenneTwister(seed: 7)
    var loaded = 0
    for round in 0..<2000 {
      var mutated = bytes
      for _ in 0...(round % 4) { mutated[generator.draw(upTo: bytes.count - 1)] = UInt8(generator.draw(upTo: 255)) }
      if round % 5 == 0 { mutated = Array(mutated.prefix(generator.draw(upTo: bytes.count))) }
      guard let tokenizer = try? SentencePieceTokenizer(modelBytes: mutated) else { continue }
      loaded += 1
      if let tokens = try? tokenizer.tokens(of: Array("The battery is lovely, 你好.".utf8)) {
        #expect(tokens.allSatisfy { $0 > 0 && $0 < tokenizer.vocabularySize })
        _ = try? tokenizer.decode(tokens)
      }
    }
    #expect(loaded > 0)
  }

  /// The library would follow damaged rules of normalisation out of its memory.
  @Test func mutatedRulesAreRefusedOrHarmless() throws {
    let bytes = try SentencePieceTraining(vocabularySize: 100).train(on: sampleReviews(), cleaning: .none).modelBytes
    #expect(SentencePieceModelCheck.isSound(bytes))
    #expect(!SentencePieceModelCheck.isSound(Array(bytes.dropLast())))
    var generator = MersenneTwister(seed: 11)
    var (refused, loaded) = (0, 0)
    for round in 0..<60 {
      var mutated = bytes
      let length = 1 << (round % 18)
      let start = generator.draw(upTo: bytes.count - length)
      for place in start..<start + length { mutated[place] = UInt8(generator.draw(upTo: 255)) }
      guard let tokenizer = try? SentencePieceTokenizer(modelBytes: mutated) else {
        refused += 1
        continue
      }
      loaded += 1
      _ = try? tokenizer.tokens(of: Array("The café ﬁne １２ 你好 battery 😀 ½ Å.".utf8))
    }
    #expect(refused > 20 && loaded > 3)
  }

  static let encoder = ["/usr/bin/spm_encode", "/usr/local/bin/spm_encode"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    .enabled(if: encoder != nil, "needs spm_encode of the Debian package sentencepiece"))
  func reviewsAsTheCommandLineTool() throws {
    let reviews = try CorpusReader.read(
      SharedData.folder + "/imdb/train.csv", options: ReadingOptions(textKey: "text"))
    let count = ProcessInfo.processInfo.environment["SENTIMENT_TEST_ALL"] == nil ? 1000 : 10_000
    let lines = (0..<count).map { reviews.texts.string(at: $0).replacingOccurrences(of: "\n", with: " ") }
    let scratch = try ScratchFolder()
    let tokenizer = try SentencePieceTraining(vocabularySize: 1000, textLimit: 2 << 20)
      .train(on: reviews.texts, cleaning: .none)
    let model = try scratch.file("m.model", bytes: tokenizer.modelBytes)
    let input = try scratch.file("lines.txt", lines.joined(separator: "\n") + "\n")
    func encoded(_ format: String) throws -> [Substring] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Self.encoder))
      process.arguments = [
        "--model=\(model)", "--output_format=\(format)", "--input=\(input)", "--output=\(input).\(format)",
      ]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return try String(contentsOfFile: "\(input).\(format)", encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
    let (ids, pieces) = (try encoded("id"), try encoded("piece"))
    #expect(ids.count == count && pieces.count == count)
    var (differing, withoutUnknown) = (0, 0)
    for (place, line) in lines.enumerated() {
      let tokens = try tokenizer.tokens(of: Array(line.utf8))
      if tokens.map({ String($0 - 1) }).joined(separator: " ") != ids[place] { differing += 1 }
      // The tool shows what is unknown as it stands in the text.
      guard !tokens.contains(1) else { continue }
      withoutUnknown += 1
      if tokens.compactMap({ tokenizer.piece(of: $0) }).joined(separator: " ") != pieces[place] { differing += 1 }
    }
    #expect(differing == 0)
    #expect(withoutUnknown > count * 98 / 100)
  }
}

@Suite struct SentenceCutterTests {
  private func sentences(_ text: String) -> [String] {
    var cutter = SentenceCutter(Array(text.utf8))
    var found: [String] = []
    while let sentence = cutter.next() { found.append(String(decoding: sentence, as: UTF8.self)) }
    return found
  }

  @Test func cutsAtLinesAndFullStops() {
    #expect(sentences("\n One. Two\nThree. ") == ["One", " Two", "Three", ""])
    #expect(sentences("A.\nB") == ["A", "", "B"])
    #expect(sentences("") == [""])
    #expect(sentences(" \n ") == [""])
    #expect(sentences("..") == ["", "", ""])
  }

  @Test func longSentencesAreCutBetweenCharacters() {
    let text = "a" + String(repeating: "é", count: 10_000)
    let parts = sentences(text)
    #expect(parts.joined() == text)
    #expect(parts.allSatisfy { $0.utf8.count <= SentenceCutter.longest && !$0.contains("\u{FFFD}") })
    #expect(sentences(String(repeating: "x", count: SentenceCutter.longest)).count == 1)
  }
}
