import Checkpoints
import Formats
import Foundation
import Testing

/// A language model over pieces of words, from text to decision and back to text.
@Suite struct SentencePieceCommandTests {
  private static let pretrain =
    ReviewSamples.pretrain + "30 --tokenizer-type SentencePieceTokenizer --vocab-size 120 --log-interval 1 "

  @Test func theWholeJobOverPieces() throws {
    try ReviewSamples.use { bench in
      let first = try bench.succeed(Self.pretrain + "--report report.json")
      #expect(first.errors.contains("trained 120 pieces"))
      #expect(bench.exists("tokenizer.model") && bench.exists("tokenizer.vocab"))
      #expect(try bench.lines("tokenizer.vocab").prefix(3) == ["<unk>\t0", "<s>\t0", "</s>\t0"])
      let (loss, bits) = (try bench.number("validation_loss"), try bench.number("validation_bpc"))
      #expect(loss < log(121) && bits < loss / log(2) / 1.5)
      #expect(first.output.contains("bits per character"))

      let file = try SafetensorsFile(path: bench.path(ReviewSamples.model))
      #expect(try file.withBytes(named: "tokenizer.model") { Data($0) } == bench.data("tokenizer.model"))
      #expect(try file.tensor(named: "encoder.encoder.weight").shape == [121, 12])

      // Nothing but the checkpoint is needed from here on.
      for name in ["tokenizer.model", "tokenizer.vocab"] {
        try FileManager.default.removeItem(atPath: bench.path(name))
      }
      try bench.succeed(ReviewSamples.transfer + " --load \(ReviewSamples.model)")
      try bench.succeed("run-classifier --load \(ReviewSamples.classifier) --data test.csv --threads 1")
      let picture = try bench.succeed(
        "generate --load \(ReviewSamples.classifier) --gen-length 20 --visualize --seed 3 --threads 1 --text",
        ["The film"])
      #expect(picture.output.hasPrefix("The film"))
      let text = try bench.succeed("generate --load \(ReviewSamples.model) --gen-length 20 --seed 3 --threads 1")
      #expect(!text.output.hasPrefix(" ") && !text.output.contains("<unk>") && !text.output.contains("\u{2581}"))
      #expect(!bench.exists("tokenizer.model"))

      let more = ReviewSamples.pretrain + "2 --load \(ReviewSamples.model) --save more.safetensors"
      try bench.succeed(more + " --tokenizer-type SentencePieceTokenizer")
      #expect(!bench.exists("tokenizer.model"))
      let next = try SafetensorsFile(path: bench.path("more.safetensors"))
      #expect(
        try next.withBytes(named: "tokenizer.model") { Data($0) }
          == file.withBytes(named: "tokenizer.model") { Data($0) })
      try bench.expectFailure(
        more + " --tokenizer-type CharacterLevelTokenizer",
        "a tokenizer of characters does not fit the model to start from, which was made with a SentencePiece model; leave "
          + "--tokenizer-type out")
    }
  }

  @Test func lazyTextsGiveTheSameLossesAndTokenizer() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(Self.pretrain + "--report report.json")
      let (loss, bits) = (try bench.number("validation_loss"), try bench.number("validation_bpc"))
      let model = try bench.data("tokenizer.model")
      try bench.succeed(Self.pretrain + "--report report.json --lazy --tokenizer-path other.model")
      #expect(try bench.number("validation_loss") == loss)
      #expect(try bench.number("validation_bpc") == bits)
      #expect(try bench.data("other.model") == model)
    }
  }

  @Test func aModelThatIsThereIsLoaded() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(Self.pretrain + "--tokenizer-path a.model")
      let made = try bench.data("a.model")
      // Without the extension it is found too, and its own size counts.
      let run = try bench.succeed(Self.pretrain + "--tokenizer-path a --vocab-size 999")
      #expect(run.errors.contains("tokenizer: a.model, 120 pieces"))
      #expect(try bench.data("a.model") == made && !bench.exists("a"))
      try bench.write("no model", to: "b.model")
      try bench.expectFailure(
        Self.pretrain + "--tokenizer-path b.model",
        "b.model cannot be used as a tokenizer: it is not a SentencePiece model"
      )
      try bench.expectFailure(
        Self.pretrain + "--vocab-size 5000 --tokenizer-path c.model",
        try failure(bench, Self.pretrain + "--vocab-size 5000 --tokenizer-path c.model"))
      #expect(!bench.exists("c.model"))
    }
  }

  private func failure(_ bench: CommandBench, _ line: String) throws -> String {
    let line = try #require(try bench.run(line + " --quiet").errorLines.first)
    #expect(line.hasPrefix("Error: no SentencePiece model can be trained: the text gives no more than "))
    #expect(line.hasSuffix(" or less"))
    return String(line.dropFirst("Error: ".count))
  }
}
