import Checkpoints
import Configuration
import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Analysis

/// A corpus whose label is its last word, and a model too small to have learned anything.
enum ToyCorpus {
  static func write(_ count: Int, to path: String, seed: UInt64, lastWord: String? = nil) throws {
    var generator = SeededGenerator(seed: seed)
    var lines = ["label,sentence"]
    for index in 0..<count {
      let subject = ["plot", "cast", "film", "end"][Int(generator.next() % 4)]
      let label = Int(generator.next() % 2)
      let word = index == 0 ? lastWord ?? "fine" : label == 1 ? "fine" : "bad"
      lines.append("\(word == "bad" ? 0 : 1),the \(subject) was \(word)")
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Writes model and data to `folder`.
  static func configuration(_ folder: String, cell: CellKind = .multiplicativeLSTM) throws -> TransferConfiguration {
    let model = try tinyModel(cell, layers: 2, hidden: 24)
    try ModelFile.write(
      model,
      card: ModelCard(kind: .languageModel, architecture: .recurrent(model.configuration), cleaning: .processString),
      to: folder + "/lm.safetensors")
    var run = TransferConfiguration()
    run.load = folder + "/lm.safetensors"
    run.data = [folder + "/train.csv"]
    run.validation = [folder + "/val.csv"]
    run.test = [folder + "/test.csv"]
    try write(60, to: run.data[0], seed: 1)
    try write(20, to: run.validation[0], seed: 2)
    try write(30, to: run.test[0], seed: 3)
    run.batchSize = 8
    return run
  }
}

@Suite struct TransferTests {
  @Test(arguments: CellKind.allCases)
  func findsALabelThatTheFeaturesShow(cell: CellKind) throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder, cell: cell)
      run.features = FeatureSelection(pools: [.maximum])
      run.neuronCount = 3
      run.dropsNeurons = true
      let result = try Transfer(run).run()
      let scores = result.allNeurons.sweep.scores
      #expect(scores.train > 0.95 && (scores.test ?? 0) > 0.95, "\(scores)")
      #expect(result.neurons.count == 3)
      #expect(result.neurons == result.allNeurons.sweep.model.topNeurons(3))
      #expect(result.topNeurons.sweep.model.weights.count == 3)
      #expect(result.droppedNeurons?.sweep.model.weights.count == 45)
      #expect(result.textsTransformed == 110)
      #expect(result.folder == folder + "/lm_transfer/sentiment")
    }
  }

  @Test func filesSayWhatWasFound() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.tablePath = folder + "/table.csv"
      run.features = FeatureSelection(state: .hidden, allLayers: true)
      run.maximumLength = 200
      run.warmupPasses = 1
      let result = try Transfer(run).run()
      let fit = result.allNeurons.sweep.model
      #expect(try NumpyFile.read(result.folder + "/neurons.npy").float64Values == fit.weights)
      #expect(try NumpyFile.read(result.folder + "/neuron_bias.npy").float64Values == [fit.intercept])
      let features = try NumpyFile.read(result.folder + "/teXt.npy")
      #expect(features.shape == [30, 48])
      #expect(try NumpyFile.read(result.folder + "/trY.npy").shape == [60])

      let model = try ModelFile.read(run.load ?? "").model
      let test = try CorpusReader.read(run.test, options: run.reading)
      let expected = try naiveFeatures(
        model, run.features, CleanedTexts(test.texts, cleaning: .processString), warmupPasses: 1)
      #expect(zip(features.float32Values, expected.joined()).allSatisfy { abs($0 - $1) < 1e-5 })

      let card = try ModelFile.readCard(result.classifierPath)
      #expect(card.kind == .classifier && card.cleaning == .processString)
      #expect(card.classifier?.features == run.features)
      #expect(card.classifier?.maximumLength == 200 && card.classifier?.warmupPasses == 1)
      #expect(card.classifier?.topNeurons == result.neurons)
      #expect(card.classifier?.scores["test"] == result.allNeurons.sweep.scores.test)
      #expect(card.classifier?.labels == ["label"])
      let recorded = try TransferConfiguration(settings: try #require(card.configuration))
      #expect(recorded.features == run.features && recorded.maximumLength == 200 && recorded.load == run.load)

      let table = try String(contentsOfFile: folder + "/table.csv", encoding: .utf8).split(separator: "\n")
      #expect(table.count == 31)
      #expect(table.first == "label,prob w/ all,prob w/ 1 neuron(s),neuron \(result.neurons[0]),sentence")
      for name in ["all_neurons_score.txt", "neurons_score.txt", "all_neurons_probs.json", "weight_vis.png"] {
        #expect(FileManager.default.fileExists(atPath: result.folder + "/" + name), "\(name)")
      }
    }
  }

  @Test func theCacheServesOnlyWhatIsTheSame() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.usesCache = true
      let first = try Transfer(run).run()
      #expect(first.textsTransformed == 110)
      let second = try Transfer(run).run()
      #expect(second.textsTransformed == 0)
      #expect(second.allNeurons.sweep == first.allNeurons.sweep)

      // One text of one split.
      try ToyCorpus.write(20, to: run.validation[0], seed: 2, lastWord: "bad")
      #expect(try Transfer(run).run().textsTransformed == 20)
      run.features.state = .hidden
      #expect(try Transfer(run).run().textsTransformed == 110)
      run.warmupPasses = 1
      #expect(try Transfer(run).run().textsTransformed == 110)
      run.maximumLength = 10
      #expect(try Transfer(run).run().textsTransformed == 110)
      run.cleaning = CleaningMethod.none
      #expect(try Transfer(run).run().textsTransformed == 110)
      #expect(try Transfer(run).run().textsTransformed == 0)
      // A damaged file is computed anew.
      try Data("x".utf8).write(to: URL(fileURLWithPath: first.folder + "/teXt.npy"))
      #expect(try Transfer(run).run().textsTransformed == 30)
      run.usesCache = false
      #expect(try Transfer(run).run().textsTransformed == 110)
      // Another model at the same path.
      let other = try tinyModel(.lstm, layers: 2, hidden: 24)
      try ModelFile.write(
        other,
        card: ModelCard(kind: .languageModel, architecture: .recurrent(other.configuration), cleaning: .processString),
        to: run.load ?? "")
      run.usesCache = true
      #expect(try Transfer(run).run().textsTransformed == 110)
    }
  }

  @Test func splitsOfOneFile() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.validation = []
      run.test = []
      run.split = "8,1,1"
      let result = try Transfer(run).run()
      let probabilities = result.allNeurons.sweep.probabilities
      #expect(probabilities.train.count == 48)
      #expect(probabilities.validation?.count == 6 && probabilities.test?.count == 6)
      run.split = "1."
      let whole = try Transfer(run).run().allNeurons.sweep
      #expect(whole.probabilities.train.count == 60 && whole.probabilities.validation == nil)
    }
  }

  @Test func aTestSetWithoutLabels() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      try Data("sentence\nthe film was bad\nthe end was fine\n".utf8).write(to: URL(fileURLWithPath: run.test[0]))
      run.scoresTest = false
      run.tablePath = folder + "/table.csv"
      let result = try Transfer(run).run()
      #expect(result.allNeurons.sweep.scores.test == nil)
      #expect(result.allNeurons.sweep.probabilities.test?.count == 2)
      #expect(try NumpyFile.read(result.folder + "/teY.npy").int64Values() == [-1, -1])
      let table = try String(contentsOfFile: folder + "/table.csv", encoding: .utf8).split(separator: "\n")
      #expect(table.count == 3 && table[1].hasPrefix(",") && table[1].hasSuffix(",the film was bad"))
    }
  }

  @Test func anEnormousLabelOfUnscoredRowsIsWrittenAsItIs() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.tablePath = folder + "/table.csv"
      run.scoresTest = false
      try Data("label,sentence\n1e30,the plot was fine\n0,the plot was bad\n".utf8)
        .write(to: URL(fileURLWithPath: run.test[0]))
      let result = try Transfer(run).run()
      #expect(result.allNeurons.sweep.scores.test == nil)
      let table = try String(contentsOfFile: folder + "/table.csv", encoding: .utf8).split(separator: "\n")
      #expect(table[1].hasPrefix("1e+30,"), "\(table[1])")
    }
  }

  @Test func resultFolders() {
    var run = TransferConfiguration()
    for (path, folder) in [
      ("a/mlstm.safetensors", "a/mlstm_transfer/x"), ("mlstm.pt.current", "mlstm_transfer/x"),
      ("a.b/model", "a.b/model_transfer/x"), (".hidden", ".hidden_transfer/x"),
    ] {
      run.load = path
      run.resultsName = "x"
      #expect(run.resultsFolder == folder)
      for (name, folder) in [("/r/x/", "/r/x"), ("./x", "./x"), ("r/x", "r/x"), (".", ".")] {
        run.resultsName = name
        #expect(run.resultsFolder == folder)
      }
    }
  }
}
