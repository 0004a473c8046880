import Checkpoints
import Formats
import Foundation
import Testing

@Suite struct PretrainCommandTests {
  private static let loss = " --log-interval 1 --report report.json"

  @Test func theSameSeedGivesTheSameBytes() throws {
    try ReviewSamples.use { bench in
      let first = try bench.succeed(ReviewSamples.pretrain + "12 --dropout 0.2 --save a.safetensors")
      let second = try bench.succeed(ReviewSamples.pretrain + "12 --dropout 0.2 --save b.safetensors")
      let other = try bench.succeed(ReviewSamples.pretrain + "12 --dropout 0.2 --seed 5 --save c.safetensors")
      #expect(try bench.data("a.safetensors") == bench.data("b.safetensors"))
      #expect(try bench.data("a.safetensors") != bench.data("c.safetensors"))
      func losses(_ run: CommandBench.Outcome) -> [Substring] {
        run.output.split(separator: "\n").filter { $0.contains(" loss ") }
      }
      #expect(losses(first).count == 2)
      #expect(losses(first) == losses(second))
      #expect(losses(first) != losses(other))
    }
  }

  @Test func backendsAndThreadsAgree() throws {
    try ReviewSamples.use { bench in
      var found: [Double] = []
      for options in ["--backend onednn", "--backend blas", "--backend onednn --threads 2"] {
        try bench.succeed(ReviewSamples.pretrain + "20 " + options + Self.loss)
        found.append(try bench.number("training_loss"))
      }
      #expect(abs(found[0] - found[1]) < 1e-4)
      #expect(abs(found[0] - found[2]) < 1e-4)
    }
  }

  @Test func loadingGoesOnFromTheModel() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(
        "pretrain --data unsup.csv --batch-size 4 --seq-length 32 --train-iters 1 --eval-iters 2 "
          + "--threads 1 --save-iters 0 --load lang_model.safetensors --save next.safetensors" + Self.loss)
      #expect(try bench.number("training_loss") < 4)
      let names = try Set(ReviewSamples.tensors(bench, "next.safetensors").keys)
      #expect(try names == Set(ReviewSamples.tensors(bench, "lang_model.safetensors").keys))
    }
  }

  @Test func typedDropoutReplacesThatOfTheModel() throws {
    try ReviewSamples.useModel { bench in
      let line =
        "pretrain --data unsup.csv --batch-size 4 --seq-length 32 --train-iters 4 --eval-iters 1 "
        + "--threads 1 --save-iters 0 --load lang_model.safetensors --save next.safetensors" + Self.loss
      try bench.succeed(line)
      let plain = try bench.number("training_loss")
      try bench.succeed(line + " --dropout 0.5")
      #expect(try bench.number("training_loss") != plain)
      let card = try #require(SafetensorsFile(path: bench.path("next.safetensors")).metadata["model_card"])
      #expect(card.contains("\"dropout\":0.5"))
    }
  }

  @Test func lazyTextsGiveTheSameLosses() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(ReviewSamples.pretrain + "8" + Self.loss)
      let loss = try bench.number("training_loss")
      for _ in 0..<2 {
        try bench.succeed(ReviewSamples.pretrain + "8 --lazy" + Self.loss)
        #expect(try bench.number("training_loss") == loss)
      }
      #expect(bench.exists("unsup.lazy"))
    }
  }

  @Test func severalFilesAreReadInOrder() throws {
    try ReviewSamples.use { bench in
      let lines = try bench.lines("unsup.csv")
      try bench.write(([lines[0]] + lines[1..<50]).joined(separator: "\n") + "\n", to: "one.csv")
      try bench.write(([lines[0]] + lines[50...]).joined(separator: "\n") + "\n", to: "two.csv")
      try bench.succeed(ReviewSamples.pretrain + "6" + Self.loss)
      let loss = try bench.number("training_loss")
      let line = ReviewSamples.pretrain.replacing("unsup.csv", with: "one.csv two.csv")
      try bench.succeed(line + "6" + Self.loss)
      #expect(try bench.number("training_loss") == loss)
    }
  }

  @Test func validationAndTestMayBeFiles() throws {
    try ReviewSamples.use { bench in
      let run = try bench.succeed(ReviewSamples.pretrain + "4 --valid val.csv --test test.csv" + Self.loss)
      #expect(run.errors.contains("texts: 120 for training, 60 for validation, 30 for test\n"))
      #expect(try bench.number("test_loss") > 0)
      try bench.succeed(ReviewSamples.pretrain + "4 --split 1" + Self.loss)
      #expect(try bench.report()["validation_loss"] is NSNull)
    }
  }

  @Test(arguments: [
    "--tied --emsize 24", "--nlayers 2", "--no-weight-norm", "--decay-style constant", "--decay-style linear",
    "--decay-style cosine", "--decay-style exponential", "--stlr-cut-frac 0.3", "--optim SGD", "--warmup 0.2",
    "--persist-state 0", "--persist-state -1", "--model LSTM", "--model GRU", "--model ReLU --lr 0.001", "--model Tanh",
    "--epochs 2 --constant-decay 4", "--process-fn process_tweet", "--eval-seq-length 0",
  ])
  func variantsTrainAndCanBeRead(options: String) throws {
    try ReviewSamples.use { bench in
      let line = ReviewSamples.pretrain.replacing(
        "--emsize 12 ", with: options.contains("--emsize") ? "" : "--emsize 12 ")
      try bench.succeed(line + "8 " + options + Self.loss)
      let first = try bench.number("training_loss")
      #expect(first > 0 && first < 6)
      let run = try bench.succeed("generate --gen-length 5 --temperature 0 --threads 1")
      #expect(run.output.unicodeScalars.count == 6)
    }
  }

  @Test func readsTheOtherFormats() throws {
    try CommandBench.use { bench in
      let texts = (0..<12).map { "This is text number \($0) of a small file." }
      try bench.write("sentence\tother\n" + texts.map { "\($0)\tx\n" }.joined(), to: "t.tsv")
      let objects = texts.map { "{\"sentence\": \"\($0)\"}" }
      try bench.write("[" + objects.joined(separator: ",\n") + "]", to: "t.json")
      try bench.write(objects.joined(separator: "\n"), to: "loose.json")
      try bench.write("other;sentence\n" + texts.map { "x;\($0)\n" }.joined(), to: "semi.csv")
      var losses: [Double] = []
      for (file, options) in [
        ("t.tsv", ""), ("t.json", ""), ("loose.json", " --loose-json"), ("semi.csv", " --delim ;"),
      ] {
        try bench.succeed(ReviewSamples.pretrain.replacing("unsup.csv", with: file) + "3" + options + Self.loss)
        losses.append(try bench.number("training_loss"))
      }
      #expect(losses == [Double](repeating: losses[0], count: 4))
    }
  }

  @Test func latin1IsReadWhenItIsNamed() throws {
    try CommandBench.use { bench in
      var bytes = Data("sentence\n".utf8)
      for row in 0..<6 {
        bytes.append(contentsOf: "Row \(row) of a caf".utf8)
        bytes.append(contentsOf: [0xE9, 0x0A])
      }
      try bench.write(bytes, to: "unsup.csv")
      try bench.expectFailure(
        ReviewSamples.pretrain + "3",
        "unsup.csv, line 2: bytes that are not UTF-8; if the file is Latin-1, add --encoding latin1")
      try bench.succeed(ReviewSamples.pretrain + "3 --encoding latin1")
    }
  }
}
