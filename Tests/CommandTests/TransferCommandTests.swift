import Foundation
import Testing

@Suite struct TransferCommandTests {
  private static let folder = "lang_model_transfer/sentiment"
  private static let line = ReviewSamples.transfer + " --load lang_model.safetensors --report report.json "

  @Test func fitsAlsoWithoutTheTopNeurons() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.succeed(Self.line + "--neurons 3 --drop-neurons --mcc --write-results t.csv")
      let neurons = try #require(try bench.report()["top_neurons"] as? [Int])
      #expect(neurons.count == 3 && Set(neurons).isSubset(of: 0..<24))
      #expect(run.output.contains("train, val, test mcc for all neuron regression\n"))
      #expect(run.output.contains("train, val, test mcc for 3 dropped neuron regression\n"))
      #expect(run.output.contains("train, val, test mcc for 3 neuron regression\n"))
      for (rank, neuron) in neurons.enumerated() {
        #expect(bench.exists("\(Self.folder)/logit_vis/\(rank)_\(neuron).png"))
      }
      #expect(bench.exists("\(Self.folder)/dropped_neurons_score.txt"))
      #expect(bench.exists("\(Self.folder)/dropped_neurons_probs.json"))
      #expect(try bench.report()["metric"] as? String == "mcc")
      let header = ["label", "prob w/ all", "prob w/ 3 neuron(s)"] + neurons.map { "neuron \($0)" } + ["sentence"]
      #expect(try bench.lines("t.csv").first == header.joined(separator: ","))
    }
  }

  @Test func theCacheServesOnlyTheSameInputs() throws {
    try ReviewSamples.useModel { bench in
      func transformed(_ options: String = "") throws -> Double {
        try bench.succeed(Self.line + "--use-cached " + options)
        return try bench.number("texts_transformed")
      }
      #expect(try transformed() == 150)
      #expect(try transformed() == 0)
      #expect(try transformed("--neurons 2") == 0)
      #expect(try transformed("--get-hidden") == 150)
      #expect(try transformed("--get-hidden --max-seq-len 9") == 150)
      #expect(try transformed() == 150)
      try bench.write(try bench.text("val.csv") + "1,One more row.\n", to: "val.csv")
      #expect(try transformed() == 61)
      try bench.succeed(
        "pretrain --data unsup.csv --load lang_model.safetensors --batch-size 4 --seq-length 16 "
          + "--train-iters 1 --eval-iters 1 --save-iters 0 --threads 1")
      #expect(try transformed() == 151)
      try bench.succeed(Self.line)
      #expect(try bench.number("texts_transformed") == 151)
    }
  }

  @Test func aTestFileWithoutLabelsIsPredictedOnly() throws {
    try ReviewSamples.useModel { bench in
      let texts = try bench.lines("unsup.csv").prefix(9)
      try bench.write(texts.joined(separator: "\n") + "\n", to: "test.csv")
      let run = try bench.succeed(Self.line + "--no-test-eval --write-results t.csv")
      #expect(run.output.contains(", not scored train, val, test accuracy for all neuron regression\n"))
      #expect(try bench.report()["test_accuracy_all_neurons"] is NSNull)
      let table = try bench.lines("t.csv")
      #expect(table.count == 9 && table.dropFirst().allSatisfy { $0.hasPrefix(",0.") })
      #expect(try ReviewSamples.array(bench, "\(Self.folder)/teY.npy").int64Values() == Array(repeating: -1, count: 8))
      try bench.expectFailure(
        Self.line, "test.csv has no column \"label\"; its columns are \"sentence\"")
    }
  }

  @Test func validationMayBeCutFromTheTrainingRows() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(
        "transfer --load lang_model.safetensors --data train.csv --valid none --test none --split .8 "
          + "--threads 1 --write-results t.csv --report report.json")
      #expect(try ReviewSamples.array(bench, "\(Self.folder)/trXt.npy").shape == [48, 24])
      #expect(try ReviewSamples.array(bench, "\(Self.folder)/vaXt.npy").shape == [12, 24])
      #expect(!bench.exists("\(Self.folder)/teXt.npy"))
      #expect(try bench.lines("t.csv").count == 13)
    }
  }

  @Test func pooledHiddenStatesWidenTheFeatures() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(Self.line + "--get-hidden --concat-max --concat-mean --max-seq-len 12")
      #expect(try ReviewSamples.array(bench, "\(Self.folder)/trXt.npy").shape == [60, 72])
      let features = try ReviewSamples.array(bench, "\(Self.folder)/trXt.npy").float32Values
      #expect(features.allSatisfy { abs($0) <= 1 })
      // Width and cut come back from the file.
      try bench.succeed("run-classifier --load \(ReviewSamples.classifier) --data test.csv --report run.json")
      #expect(
        abs(try bench.number("accuracy", in: "run.json") - bench.number("test_accuracy_all_neurons")) < 1e-9)
      // The watched neuron is one of the model's even when the strongest feature is a pool.
      try bench.succeed("generate --load \(ReviewSamples.classifier) --overwrite 1 --gen-length 4")
    }
  }

  @Test(arguments: ["GRU", "ReLU", "Tanh", "LSTM", "mLSTM --nlayers 2"])
  func everyCellGivesFeatures(cell: String) throws {
    try ReviewSamples.use { bench in
      try bench.succeed(ReviewSamples.pretrain + "8 --model " + cell)
      try bench.succeed(Self.line + "--all-layers")
      #expect(
        try ReviewSamples.array(bench, "\(Self.folder)/trXt.npy").shape == [60, cell.contains("2") ? 48 : 24])
      try bench.succeed("run-classifier --load \(ReviewSamples.classifier) --data test.csv")
      try bench.succeed("generate --load \(ReviewSamples.classifier) --overwrite 1 --gen-length 4")
    }
  }

  @Test func anUntrainedModelHasAFolderOfItsOwn() throws {
    try ReviewSamples.use { bench in
      let run = try bench.succeed(ReviewSamples.transfer + " --nhid 16 --save-results random")
      #expect(run.errors.contains("writing results to untrained_transfer/random\n"))
      #expect(bench.exists("untrained_transfer/random/classifier.safetensors"))
    }
  }

  @Test func answersInTheFormatOfTheInput() throws {
    try ReviewSamples.useModel { bench in
      let rows = (0..<12).map { "{\"sentence\": \"Text \($0), gut\", \"label\": \($0 % 2)}" }
      try bench.write(rows.joined(separator: "\n") + "\n", to: "train.jsonl")
      try bench.succeed("transfer --load lang_model.safetensors --data train.jsonl --threads 1 --write-results t.jsonl")
      let lines = try bench.lines("t.jsonl")
      #expect(lines.count == 12)
      let first = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
      #expect(first["sentence"] as? String == "Text 0, gut" && first["label"] as? Int == 0)
    }
  }
}
