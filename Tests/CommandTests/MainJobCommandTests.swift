import Checkpoints
import Formats
import Foundation
import TestSupport
import Testing

/// The four commands one after another, as a person runs them.
@Suite struct MainJobCommandTests {
  @Test func trainsTransfersClassifiesAndGenerates() throws {
    try ReviewSamples.use { bench in
      try pretrain(bench)
      try transfer(bench)
      try classify(bench)
      try generate(bench)
      try readWithNumPy(bench)
    }
  }

  private func pretrain(_ bench: CommandBench) throws {
    let run = try bench.succeed(ReviewSamples.pretrain + "40 --log-interval 15 --report report.json")
    #expect(run.errors.contains("configuring data\n"))
    // V·E + V·H + V + 4H·(E + H) + 2·4H + H·(E + H)
    let count = 257 * 12 + 257 * 24 + 257 + 96 * 36 + 2 * 96 + 24 * 36
    #expect(run.errors.contains("* number of parameters: \(count)\n"))
    let rule = String(repeating: "-", count: 89)
    #expect(run.errors.contains("entering eval\n\(rule)\n| end of epoch 1 | time: "))
    let progress = run.errors.split(separator: "\n").filter { $0.hasPrefix("| epoch 1/1 | step ") }
    #expect(progress.map { $0.contains("| lr 1.00E-02 |") } == [true, true, true])
    #expect(progress.last?.hasPrefix("| epoch 1/1 | step 40/40 |") == true)
    #expect(run.output.contains("validation loss ") && run.output.contains("test loss "))
    #expect(run.output.hasSuffix("model: lang_model.safetensors\n"))

    let loss = try bench.number("validation_loss")
    #expect(loss > 1 && loss < 5)
    #expect(abs(try bench.number("validation_bpc") - loss / log(2)) < 1e-12)
    let seen = try bench.number("characters_seen")
    #expect(seen > 0 && seen <= 40 * 4 * 32)
    #expect(try bench.number("characters_per_second") > 0)
    #expect(try bench.number("peak_memory_bytes") > 1_000_000)
    #expect(try bench.number("steps") == 40)
    #expect(!bench.exists("lang_model.safetensors.train_lock"))
  }

  private func transfer(_ bench: CommandBench) throws {
    let run = try bench.succeed(
      ReviewSamples.transfer + " --load lang_model.safetensors --report report.json --write-results table.csv")
    let folder = "lang_model_transfer/sentiment"
    for line in [
      "writing results to \(folder)\n", "train: ", "validation: ", "test: ", "all neuron regression 9/9: C ",
    ] {
      #expect(run.errors.contains(line))
    }
    for line in [
      " seconds for the all neuron regression\n", " train, val, test accuracy for all neuron regression\n",
      " regularization coefficient used\n", " features used in all neuron regression\n", "using neuron(s) ",
      " train, val, test accuracy for 1 neuron regression\n", "results successfully written to \(folder)\n",
    ] { #expect(run.output.contains(line), "no line with \(line)") }

    for (split, rows) in [("tr", 60), ("va", 60), ("te", 30)] {
      let features = try ReviewSamples.array(bench, "\(folder)/\(split)Xt.npy")
      #expect(features.shape == [rows, 24] && features.elementType == .float32)
      let labels = try ReviewSamples.array(bench, "\(folder)/\(split)Y.npy")
      #expect(labels.shape == [rows] && labels.elementType == .int64)
    }
    #expect(try ReviewSamples.array(bench, "\(folder)/neurons.npy").shape == [1, 24])
    #expect(try ReviewSamples.array(bench, "\(folder)/neuron_bias.npy").shape == [1])
    let neuron = try #require((try bench.report()["top_neurons"] as? [Int])?.first)
    for name in [
      "all_neurons_score.txt", "all_neurons_probs.json", "neurons_score.txt", "neurons_probs.json",
      "classifier.safetensors", "classifier.16.safetensors", "logit_vis/0_\(neuron).png", "weight_vis.png",
    ] { #expect(bench.exists("\(folder)/\(name)"), "no \(name)") }
    #expect(!bench.exists("\(folder)/dropped_neurons_score.txt"))
    for name in ["test_accuracy_all_neurons", "test_accuracy_top_neurons"] {
      #expect((0...1).contains(try bench.number(name)))
    }
    #expect((0.00390625...1).contains(try bench.number("regularization")))

    let scores = try #require(
      try JSONSerialization.jsonObject(with: bench.data("\(folder)/all_neurons_score.txt")) as? [Double])
    #expect(scores.count == 3)
    #expect(abs(scores[2] / 100 - (try bench.number("test_accuracy_all_neurons"))) < 1e-9)
    let probabilities = try #require(
      try JSONSerialization.jsonObject(with: bench.data("\(folder)/all_neurons_probs.json")) as? [String: [Double]])
    #expect(probabilities.mapValues(\.count) == ["train": 60, "validation": 60, "test": 30])
    let table = try bench.lines("table.csv")
    #expect(table.first == "label,prob w/ all,prob w/ 1 neuron(s),neuron \(neuron),sentence")
    #expect(table.count == 31)
    let full = try SafetensorsFile(path: bench.path("\(folder)/classifier.safetensors"))
    let half = try SafetensorsFile(path: bench.path("\(folder)/classifier.16.safetensors"))
    #expect(full.entries.allSatisfy { $0.type == .float32 } && half.entries.allSatisfy { $0.type == .float16 })
    #expect(full.names.contains("decoder.weight") && full.names.contains("classifier.weight"))
  }

  private func classify(_ bench: CommandBench) throws {
    let run = try bench.succeed(
      "run-classifier --load \(ReviewSamples.classifier) --data test.csv --report report.json --write-results out.csv")
    #expect(run.output.contains(" seconds to transform 30 examples\n"))
    #expect(run.output.contains("probabilities: clf_results.npy\n"))
    #expect(try bench.number("rows") == 30)
    #expect(try bench.number("rows_per_second") > 0)
    // The same texts and the same weights as in the transfer.
    try bench.succeed(ReviewSamples.transfer + " --load lang_model.safetensors --report transfer.json")
    #expect(
      abs(try bench.number("accuracy") - bench.number("test_accuracy_all_neurons", in: "transfer.json")) < 1e-9)
    let probabilities = try ReviewSamples.array(bench, "clf_results.npy")
    #expect(probabilities.shape == [30, 1] && probabilities.elementType == .float32)
    let decisions = try ReviewSamples.array(bench, "clf_results.pred.npy").float32Values
    #expect(decisions == probabilities.float32Values.map { $0 > 0.5 ? 1 : 0 })
    #expect(try bench.lines("out.csv").first == "label,label pred,label prob,sentence")
  }

  private func generate(_ bench: CommandBench) throws {
    let run = try bench.succeed(
      "generate --load \(ReviewSamples.classifier) --gen-length 60 --seed 3 --overwrite 1 --heatmap",
      ["--text", "The film was"])
    #expect(try bench.text("generated.txt").hasPrefix("The film was"))
    #expect(try bench.text("generated.html").contains("</html>"))
    #expect(try bench.data("generated.png").prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(!run.output.isEmpty)
  }

  /// `numpy.load` is what other programs will use.
  private func readWithNumPy(_ bench: CommandBench) throws {
    let script = """
      import numpy
      a = numpy.load('clf_results.npy'); b = numpy.load('lang_model_transfer/sentiment/teY.npy')
      c = numpy.load('lang_model_transfer/sentiment/neurons.npy')
      print(a.shape, a.dtype, b.shape, b.dtype, c.shape, c.dtype)
      """
    // Without Python or NumPy the shapes were still checked by the reader above.
    guard Python.hasNumpy else { return }
    #expect(Python.run(script, in: bench.folder) == "(30, 1) float32 (30,) int64 (1, 24) float64\n")
  }
}
