import Checkpoints
import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct TokenizerInFileTests {
  /// A model of two letters, without normalisation.
  private func tokenizer(_ letters: String = "ab") throws -> SentencePieceTokenizer {
    let texts = TextStore((0..<40).map { place in letters.map { "\($0)\(place % 2 == 0 ? "" : " ")" }.joined() })
    return try SentencePieceTraining(modelType: .char, vocabularySize: 8).train(on: texts, cleaning: .none)
  }

  private func written(_ tokenizer: SentencePieceTokenizer, to path: String) throws {
    let model = try LanguageModel(
      LanguageModelConfiguration(
        vocabularySize: tokenizer.vocabularySize, embeddingSize: 2, hiddenSize: 3, usesWeightNormalization: false))
    model.initialize(seed: 1)
    let card = ModelCard(kind: .languageModel, architecture: .recurrent(model.configuration), cleaning: .none)
    try ModelFile.write(model, card: card, tokenizer: tokenizer, to: path)
  }

  @Test func theModelTravelsWithTheWeights() throws {
    try withTemporaryFolder { folder in
      let tokenizer = try tokenizer()
      try written(tokenizer, to: folder + "/m")
      let stored = try ModelFile.read(folder + "/m")
      #expect((stored.tokenizer as? SentencePieceTokenizer) == tokenizer)
      #expect(stored.card.tokenizer.kind == "sentencepiece")
      #expect(stored.card.tokenizer.vocabularySize == tokenizer.vocabularySize)
      #expect(stored.card.tokenizer.identity == tokenizer.identity)
      let bytes = Array("abba".utf8)
      #expect(try stored.tokenizer.tokens(of: bytes) == tokenizer.tokens(of: bytes))
      let file = try SafetensorsFile(path: folder + "/m")
      #expect(try file.entry(named: "tokenizer.model").type == .uint8)
    }
  }

  @Test(arguments: ["m.pt", "m.safetensors"]) func conversionKeepsTheModel(name: String) throws {
    try withTemporaryFolder { folder in
      let tokenizer = try tokenizer()
      try written(tokenizer, to: folder + "/source.pt")
      #expect((try ModelFile.read(folder + "/source.pt").tokenizer as? SentencePieceTokenizer) == tokenizer)
      let target = "\(folder)/converted-\(name)"
      _ = try CheckpointConversion(precision: .float16).run(from: folder + "/source.pt", to: target)
      let stored = try ModelFile.read(target)
      #expect((stored.tokenizer as? SentencePieceTokenizer) == tokenizer)
      #expect(stored.card.tokenizer.identity == tokenizer.identity)
    }
  }

  /// The weights can be looked at, and only texts cannot be read.
  @Test func aTokenizerThatIsNotKnownReadsNoText() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m"
      let model = try LanguageModel(LanguageModelConfiguration(vocabularySize: 26, embeddingSize: 2, hiddenSize: 3))
      var card = ModelCard(kind: .languageModel, architecture: .recurrent(model.configuration), cleaning: .none)
      card.tokenizer = .aminoAcids
      try ModelFile.write(model, card: card, to: path)
      #expect(
        message { _ = try ModelFile.read(path) }
          == "cannot use \(path): its tokenizer is 'amino_acids', and this program reads models of bytes or of "
          + "SentencePiece")
      let stored = try ModelFile.read(path, anyTokenizer: true)
      #expect(stored.tokenizer.vocabularySize == 26)
      #expect(throws: CorpusError.self) { try stored.tokenizer.tokens(of: Array("MK".utf8)) }
    }
  }

  @Test func bytesNeedNoModel() throws {
    try withTemporaryFolder { folder in
      let model = try LanguageModel(LanguageModelConfiguration(embeddingSize: 2, hiddenSize: 3))
      try ModelFile.write(
        model, card: ModelCard(kind: .languageModel, architecture: .recurrent(model.configuration), cleaning: .none),
        to: folder + "/m")
      #expect(try ModelFile.read(folder + "/m").tokenizer is CharacterTokenizer)
      #expect(!(try SafetensorsFile(path: folder + "/m").contains("tokenizer.model")))
    }
  }

  /// Writes the file again with other bytes of the tokenizer, or none.
  private func replacing(_ bytes: [UInt8]?, in path: String) throws {
    let file = try SafetensorsFile(path: path)
    var tensors = try file.names.filter { $0 != "tokenizer.model" }.map {
      (name: $0, values: TensorPayload.float32(try file.tensor(named: $0)))
    }
    if let bytes { tensors.append(("tokenizer.model", .uint8(bytes, shape: [bytes.count]))) }
    try SafetensorsWriter.write(tensors: tensors, metadata: file.metadata, to: path)
  }

  @Test func anotherTokenizerThanTheCardNamesIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m"
      try written(try tokenizer(), to: path)
      try replacing(try tokenizer("cd").modelBytes, in: path)
      let refused = "cannot use \(path): its tokenizer is not the one its card names"
      #expect(message { _ = try ModelFile.read(path) } == refused)
      var damaged = try tokenizer().modelBytes
      damaged[damaged.count / 2] ^= 1
      try replacing(damaged, in: path)
      #expect(message { _ = try ModelFile.read(path) } == refused)
      try replacing(nil, in: path)
      #expect(message { _ = try ModelFile.read(path) }.hasPrefix("\(path) does not fit the model: "))
    }
  }
}
