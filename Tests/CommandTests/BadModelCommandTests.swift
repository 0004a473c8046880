import Checkpoints
import Formats
import Foundation
import Tensors
import Testing

/// Files that are no usable models, and uses that a model does not allow.
@Suite struct BadModelCommandTests {
  private static func loaders(_ path: String) -> [String] {
    [
      "pretrain --data unsup.csv --save new/m.safetensors --load \(path)",
      "transfer --data train.csv --load \(path)",
      "run-classifier --data test.csv --load \(path)",
      "generate --load \(path)",
    ]
  }

  @Test func missingAndForeignFiles() throws {
    try ReviewSamples.use { bench in
      for line in Self.loaders("none.safetensors") {
        try bench.expectFailure(line, "cannot read none.safetensors: there is no such file")
      }
      try SafetensorsWriter.write(
        tensors: [("w", .float32(Tensor([1, 2], shape: [2])))], metadata: [:], to: bench.path("other.safetensors"))
      for line in Self.loaders("other.safetensors") {
        try bench.expectFailure(
          line,
          "cannot use other.safetensors: it is a safetensors file without a model card, so not one of this program's "
            + "models")
      }
      let picture = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + Data(count: 200)
      for (name, data) in [("empty.csv", Data()), ("p.png", picture), ("t.csv", Data("label,sentence\n1,Good\n".utf8))]
      {
        try bench.write(data, to: name)
        for line in Self.loaders(name) {
          let run = try bench.run(line + " --quiet")
          #expect(run.status == 1)
          #expect(run.errors.hasPrefix("Error: ") && run.errors.contains(name) && run.errors.count < 200)
          #expect(run.errors.split(separator: "\n").count == 1)
        }
      }
      #expect(!bench.exists("new") && !bench.exists("generated.txt"))
    }
  }

  @Test func otherFilesAreNamed() throws {
    try CommandBench.use { bench in
      for (content, kind) in [
        (Data("<!DOCTYPE html><html>404</html>\n".utf8), "it is a web page (HTML)"),
        (Data("label,sentence\n1,Good\n".utf8), "it is a text file"),
        (Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + Data(count: 200), "it is a PNG image"),
        (Data("PAR1\u{15}\u{4}".utf8) + Data(count: 20), "it is a Parquet file"),
        (Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]), "it is compressed with gzip; unpack it first"),
      ] {
        try bench.write(content, to: "m.safetensors")
        try bench.expectFailure("generate --load m.safetensors", "cannot use m.safetensors: \(kind)")
      }
    }
  }

  @Test func truncatedModels() throws {
    try ReviewSamples.useModel { bench in
      let whole = try bench.data(ReviewSamples.classifier)
      for share in [0.001, 0.02, 0.3, 0.99] {
        try bench.write(whole.prefix(Int(Double(whole.count) * share)), to: "cut.safetensors")
        let before = try bench.snapshot()
        for line in Self.loaders("cut.safetensors") {
          let run = try bench.run(line + " --quiet")
          #expect(run.status == 1)
          #expect(run.errorLines.count == 1 && run.errors.split(separator: "\n").count == 1)
        }
        #expect(try bench.snapshot() == before)
      }
    }
  }

  @Test func usesThatNeedAClassifier() throws {
    try ReviewSamples.useModel { bench in
      try bench.expectFailure(
        "run-classifier --data test.csv --load lang_model.safetensors",
        "cannot use lang_model.safetensors: it is a language model without a classifier; make one of it with transfer "
          + "--load lang_model.safetensors")
      for option in ["--overwrite 1", "--heatmap"] {
        try bench.expectFailure(
          "generate --load lang_model.safetensors " + option,
          "lang_model.safetensors has no classifier, so its sentiment neuron is not known; name one with --neuron, or "
            + "load the classifier.safetensors that transfer wrote.")
      }
      for file in ["lang_model.safetensors", ReviewSamples.classifier] {
        try bench.expectFailure(
          "generate --load \(file) --neuron 24 --overwrite 1",
          "There is no neuron 24: the model has 24 hidden units, numbered from 0 to 23.")
      }
    }
  }

  @Test func optionsThatContradictTheModel() throws {
    try ReviewSamples.useModel { bench in
      for (option, made) in [
        ("--nhid 25", "--nhid 24"), ("--emsize 3", "--emsize 12"), ("--nlayers 2", "--nlayers 1"),
        ("--model GRU", "--model mLSTM"),
      ] {
        for line in Self.loaders("lang_model.safetensors").prefix(2) {
          let run = try bench.run(line + " " + option)
          #expect(run.status == 64)
          #expect(
            run.errorLines == [
              "Error: \(option) does not fit the checkpoint of --load, which was made with \(made); leave the option "
                + "out."
            ])
        }
      }
      let tied = try bench.run("pretrain --data unsup.csv --tied --load lang_model.safetensors")
      #expect(tied.status == 64)
      #expect(
        tied.errorLines == [
          "Error: --tied does not fit the checkpoint of --load, which was made without it; leave the option out."
        ])
    }
  }

  @Test func aLossThatIsNoNumberLeavesNoFile() throws {
    try ReviewSamples.use { bench in
      let before = try bench.snapshot()
      let line =
        ReviewSamples.pretrain.replacing("--lr 0.01 --clip 1", with: "--optim LAMB --lr 1e30")
        + "50 --quiet --save-iters 40"
      let run = try bench.run(line)
      #expect(run.status == 1)
      #expect(
        run.errors.hasPrefix("Error: the loss is no longer a finite number at step ")
          && run.errors.hasSuffix("; nothing was saved since the last checkpoint; try a lower --lr or --clip 1\n"))
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(try bench.snapshot() == before)
    }
  }

  @Test func aModelLargerThanMemoryIsRefused() throws {
    try ReviewSamples.use { bench in
      for line in [
        ReviewSamples.pretrain.replacing("--nhid 24", with: "--nhid 65536 --nlayers 8") + "2",
        ReviewSamples.pretrain + "2 --batch-size 65536 --seq-length 1048576",
        "transfer --data train.csv --nhid 65536 --nlayers 8",
      ] {
        let before = try bench.snapshot()
        let run = try bench.run(line + " --quiet")
        #expect(run.status == 1)
        #expect(
          run.errors.wholeMatch(
            of:
              #/(?:Note: .*\n)?Error: about [0-9.]+ [GTP]B of memory would be needed, but [0-9.]+ [MGT]B are available; .*\n/#
          )
            != nil,
          "\(run.errors)")
        #expect(try bench.snapshot() == before)
      }
      #expect(try bench.run(ReviewSamples.pretrain + "2 --nhid 1000000000").status == 64)
    }
  }
}
