import Checkpoints
import Corpora
import Drawings
import Files
import Formats
import Foundation

/// The files in a transfer's result folder.
struct TransferFiles {
  let folder: String

  /// Files that every transfer may write, in the order they are checked.
  static let names =
    ["classifier.safetensors", "classifier.16.safetensors", "neurons.npy", "neuron_bias.npy", "weight_vis.png"]
    + ["all_neurons", "neurons", "dropped_neurons"].flatMap { [$0 + "_score.txt", $0 + "_probs.json"] }
    + FeatureCache.Split.allCases.flatMap { [$0.featuresFile, $0.labelsFile, $0.fingerprintFile] }

  /// Checks, before the work, that all of them can be written.
  ///
  /// - Throws: `FileError.writeFailed`.
  func requireWritable() throws {
    for name in Self.names + ["logit_vis/0_0.png"] { try AtomicFile.requireWritable(path(name)) }
  }

  func path(_ name: String) -> String { folder + "/" + name }

  /// Scores, probabilities, weights and intercept of the regression on all features.
  func writeAll(_ regression: TransferResult.Regression, neurons: [Int]) throws {
    let model = regression.sweep.model
    try write(regression, prefix: "all_neurons")
    try NumpyFile.write(float64: model.weights, shape: [1, model.weights.count], to: path("neurons.npy"))
    try NumpyFile.write(float64: [model.intercept], shape: [1], to: path("neuron_bias.npy"))
  }

  /// The three scores in percent as a list, and the probabilities of every split.
  func write(_ regression: TransferResult.Regression, prefix: String) throws {
    let scores = regression.sweep.scores
    let list = [scores.train, scores.validation, scores.test].map {
      $0.map { "\(($0 * 1e12).rounded() / 1e10)" } ?? "null"
    }
    try AtomicFile.write(Data("[\(list.joined(separator: ", "))]\n".utf8), to: path(prefix + "_score.txt"))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try AtomicFile.write(try encoder.encode(regression.sweep.probabilities), to: path(prefix + "_probs.json"))
  }

  /// A histogram of each top neuron over the rows whose labels are known.
  func drawNeurons(
    _ neurons: [Int], _ rows: LabelledFeatures, split: FeatureCache.Split, observe: (TransferEvent) throws -> Void
  ) throws {
    let drawings = path("logit_vis")
    removeHistograms(in: drawings)
    guard let labels = rows.labels.first, labels.contains(where: { $0 >= 0 }) else { return }
    for (rank, neuron) in neurons.enumerated() {
      let histogram = try NeuronHistogram(
        values: try rows.features.column(neuron), labels: labels, neuron: neuron, split: "\(split)")
      let path = "\(drawings)/\(rank)_\(neuron).png"
      try AtomicFile.ensureWritableFolder(for: path, creating: true)
      try AtomicFile.write(try histogram.png(), to: path)
    }
    try observe(.wrote(what: "histograms", path: drawings))
  }

  /// Removes what an earlier transfer wrote here and this one does not: features of parts that it has no texts for, and
  /// the regression without the strongest neurons.
  func removeOlder(splits: Set<FeatureCache.Split>, dropsNeurons: Bool) {
    let features = FeatureCache.Split.allCases.filter { !splits.contains($0) }
      .flatMap { [$0.fingerprintFile, $0.featuresFile, $0.labelsFile] }
    let regression = dropsNeurons ? [] : ["dropped_neurons_score.txt", "dropped_neurons_probs.json"]
    for name in features + regression { unlink(path(name)) }
  }

  /// Removes `<rank>_<neuron>.png` of an earlier transfer, whose neurons were others.
  private func removeHistograms(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.wholeMatch(of: /[0-9]+_[0-9]+\.png/) != nil else { continue }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  func drawWeights(_ weights: [Double], topCount: Int, observe: (TransferEvent) throws -> Void) throws {
    try AtomicFile.write(
      try WeightPlot(weights: weights, marking: topNeurons(weights, count: topCount)).png(), to: path("weight_vis.png"))
    try observe(.wrote(what: "weights", path: path("weight_vis.png")))
  }

  /// One row a text: label, probabilities of both regressions, values of the neurons, the text as it was read.
  func writeTable(
    to path: String, _ corpus: Corpus, labelKey: String, textKey: String, all: [Double], top: [Double],
    neurons: [Int], features: FeatureMatrix
  ) throws {
    let keys =
      [labelKey, "prob w/ all", "prob w/ \(neurons.count) neuron(s)"] + neurons.map { "neuron \($0)" } + [textKey]
    var table = try PredictionTable(keys: keys, like: corpus.format)
    for row in 0..<corpus.count {
      table.append(
        [.label(corpus.labels.first?[row], names: corpus.classNames.first), .real(all[row]), .real(top[row])]
          + neurons.map { .real(Double(features[row, $0])) } + [.text(corpus.texts.string(at: row))])
    }
    try AtomicFile.ensureWritableFolder(for: path, creating: true)
    try AtomicFile.write(table.finish(), to: path)
  }
}
