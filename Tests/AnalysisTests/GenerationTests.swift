import Checkpoints
import Corpora
import Files
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct GenerationTests {
  /// A model that writes mostly lower-case letters, or any bytes, and its head, in a file.
  private func withModel<Result>(
    layers: Int = 1, anyBytes: Bool = false, head weights: [Float]? = nil,
    features: FeatureSelection = FeatureSelection(),
    cell: CellKind = .multiplicativeLSTM, _ body: (LanguageModel, GenerationConfiguration) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      let model = try tinyModel(cell, layers: layers)
      // Strong weights, so that each byte matters for the next.
      for parameter in model.parameters where parameter.path != "embedding.weight" {
        parameter.variable.update { $0.withUnsafeMutableElements { for i in $0.indices { $0[i] *= 6 } } }
      }
      let bias = try #require(model.parameters.first { $0.path == "decoder.bias" })
      if !anyBytes {
        let scores = Tensor((0..<257).map { (98...123).contains($0) ? 0 : -50 }, shape: [257])
        bias.variable.update { $0.copy(from: scores) }
      } else {
        bias.variable.update { $0.withUnsafeMutableElements { $0[0] = 100 } }
      }
      let head = weights.map { LinearClassifier(weight: Tensor($0, shape: [1, $0.count]), bias: Tensor(zeros: [1])) }
      var run = GenerationConfiguration()
      run.load = folder + "/m.safetensors"
      run.seed = 3
      let described = ModelCard.Classifier(
        labels: ["label"], thresholds: [0.5], features: features, maximumLength: nil, warmupPasses: 0,
        regularization: nil, topNeurons: [], scores: [:])
      try ModelFile.write(
        model, head: head,
        card: ModelCard(
          kind: head == nil ? .languageModel : .classifier, architecture: .recurrent(model.configuration),
          cleaning: .processString,
          classifier: head == nil ? nil : described), to: run.load)
      return try body(model, run)
    }
  }

  /// Text and cell values by a plain loop: line break and space, the given bytes, then the most probable bytes.
  private func naive(
    _ model: LanguageModel, given: String, bytes: Int, neuron: Int = 0, held: Float? = nil
  ) -> (text: [UInt8], values: [Float]) {
    let engine = Engine()
    var state = RecurrentState(zerosFor: 1, configuration: model.configuration)
    var scores: [Float] = []
    func feed(_ byte: UInt8) {
      state =
        model.encode(tokens: [Int32(byte) + 1], rows: 1, resetMask: nil, state: state, engine: engine).state
      scores = model.decode(state.layers[state.layers.count - 1].hidden, engine: engine).values
    }
    feed(10)
    feed(32)
    var (text, values) = ([UInt8](), [Float]())
    func take(_ byte: UInt8) {
      feed(byte)
      text.append(byte)
      let top = state.layers[state.layers.count - 1]
      values.append((top.cell ?? top.hidden).values[neuron])
    }
    for byte in given.utf8 { take(byte) }
    for _ in 0..<bytes {
      if let held { state.layers[state.layers.count - 1].hidden.withUnsafeMutableElements { $0[neuron] = held } }
      // The scores were computed before the state is overwritten.
      let best = (1..<257).max { scores[$0] < scores[$1] } ?? 1
      take(UInt8(best - 1))
    }
    return (text, values)
  }

  @Test func lengthCountsTheGivenText() throws {
    try withModel { _, configuration in
      var run = configuration
      for (text, total, generated) in [
        ("abc", 10, 7), ("abc", 3, 0), ("abc", 2, 0), ("abc", -1, 0), ("abc", 0, 0), ("", 5, 5), ("", -1, 0),
        ("naïve €", 9, 2),
      ] {
        run.text = text
        run.totalLength = total
        let result = try TextGenerator(run).run()
        #expect(result.givenCount == text.count, "\(text) \(total)")
        #expect(result.characters.count == text.count + generated, "\(text) \(total)")
        #expect(result.bytesGenerated == generated, "\(text) \(total)")
        #expect(result.text.hasPrefix(text) && !result.text.hasPrefix("\n"), "\(result.text)")
        #expect(result.neuron == nil && result.polarity == 1)
        #expect(result.characters.allSatisfy { $0.value == 0 })
      }
    }
  }

  @Test(arguments: [1, 2], [CellKind.multiplicativeLSTM, .gru])
  func mostProbableTextAndCellValues(layers: Int, cell: CellKind) throws {
    try withModel(layers: layers, cell: cell) { model, configuration in
      var run = configuration
      run.text = "so "
      run.totalLength = 40
      run.temperature = 0
      run.watchesNeuron = true
      run.neuron = 2
      let result = try TextGenerator(run).run()
      let expected = naive(model, given: "so ", bytes: 37, neuron: 2)
      #expect(Array(result.text.utf8) == expected.text)
      #expect(zip(result.characters, expected.values).allSatisfy { abs($0.value - Double($1)) < 1e-5 })
      run.seed = 99
      #expect(try TextGenerator(run).run().text == result.text)
    }
  }

  @Test func aHeldNeuronChangesTheTextAndItsCellStateIsRecorded() throws {
    try withModel { model, configuration in
      var run = configuration
      run.text = "so "
      run.totalLength = 60
      run.temperature = 0
      run.neuron = 0
      let free = try TextGenerator(run).run()
      var written: Set<String> = [free.text]
      for held in [4, -4.0] {
        run.heldValue = held
        let result = try TextGenerator(run).run()
        let expected = naive(model, given: "so ", bytes: 57, neuron: 0, held: Float(held))
        #expect(result.neuron == 0)
        #expect(Array(result.text.utf8) == expected.text)
        #expect(zip(result.characters, expected.values).allSatisfy { abs($0.value - Double($1)) < 1e-5 })
        #expect(result.characters.allSatisfy { abs($0.value - held) > 1e-3 }, "the cell state is not overwritten")
        written.insert(result.text)
      }
      #expect(written.count == 3)
    }
  }

  @Test func polarityIsTheSignOfTheWeight() throws {
    try withModel(head: [0.5, 1, -3, 0, 2, -1, 0]) { model, configuration in
      var run = configuration
      run.text = "so "
      run.totalLength = 3
      run.watchesNeuron = true
      for (neuron, negates, polarity) in [
        (nil, false, -1), (nil, true, 1), (0, false, 1), (0, true, -1), (5, false, -1), (3, false, 1),
      ] as [(Int?, Bool, Double)] {
        run.neuron = neuron
        run.negates = negates
        let result = try TextGenerator(run).run()
        #expect(result.neuron == neuron ?? 2)
        #expect(result.polarity == polarity)
        let values = naive(model, given: "so ", bytes: 0, neuron: neuron ?? 2).values
        #expect(zip(result.characters, values).allSatisfy { abs($0.value - Double($1) * polarity) < 1e-5 })
      }
    }
  }

  @Test func theHeldValueIsTurnedByThePolarity() throws {
    try withModel(head: [0.5, 1, -3, 0, 2, -1, 0]) { model, configuration in
      var run = configuration
      run.totalLength = 40
      run.temperature = 0
      run.heldValue = 3
      let held = try TextGenerator(run).run()
      #expect(Array(held.text.utf8) == naive(model, given: "", bytes: 40, neuron: 2, held: -3).text)
      run.negates = true
      let negated = try TextGenerator(run).run()
      #expect(Array(negated.text.utf8) == naive(model, given: "", bytes: 40, neuron: 2, held: 3).text)
    }
  }

  /// With all layers the columns of the top layer are the last, and pools are no neurons.
  @Test func theStrongestNeuronIsOneOfTheTopLayer() throws {
    var weights = [Float](repeating: 0, count: 28)
    weights[3] = 9
    weights[7 + 5] = -2
    weights[14 + 1] = 8
    let features = FeatureSelection(allLayers: true, pools: [.maximum])
    try withModel(layers: 2, head: weights, features: features) { _, configuration in
      var run = configuration
      run.totalLength = 4
      run.watchesNeuron = true
      var result = try TextGenerator(run).run()
      #expect(result.neuron == 5)
      #expect(result.polarity == -1)
      run.neuron = 3
      result = try TextGenerator(run).run()
      #expect(result.neuron == 3)
      #expect(result.polarity == 1, "column 3 is a neuron of the lower layer")
    }
  }

  @Test func anyBytesGiveWellFormedCharacters() throws {
    try withModel(anyBytes: true) { _, configuration in
      var run = configuration
      run.totalLength = 300
      for seed in 0..<5 {
        run.seed = UInt64(seed)
        let result = try TextGenerator(run).run()
        // Padding was the most probable token by far.
        #expect(!result.text.isEmpty && result.characters.count == 300)
        #expect(result.characters.allSatisfy { $0.text.unicodeScalars.count == 1 })
        #expect(result.bytesGenerated >= 300)
      }
    }
  }

  @Test func seedsAndTopCount() throws {
    try withModel { _, configuration in
      var run = configuration
      run.totalLength = 30
      run.temperature = 3
      let first = try TextGenerator(run).run().text
      #expect(try TextGenerator(run).run().text == first)
      run.seed = 4
      #expect(try TextGenerator(run).run().text != first)
      run.topCount = 1
      let single = try TextGenerator(run).run().text
      run.temperature = 0
      #expect(try TextGenerator(run).run().text == single)
    }
  }

  @Test func aSecondRunStartsAnew() throws {
    try withModel { _, configuration in
      var run = configuration
      run.totalLength = 30
      run.temperature = 0
      let generator = try TextGenerator(run)
      #expect(try generator.run().text == generator.run().text)
    }
  }

  @Test func stopsWhenAsked() throws {
    try withModel { _, configuration in
      var run = configuration
      run.text = "ab"
      run.totalLength = Int.max
      var asked = 0
      let result = try TextGenerator(run).run {
        asked += 1
        return asked > 5
      }
      #expect(result.characters.count == 5)
      // A given text may be long, too.
      #expect(try TextGenerator(run).run { true }.characters.isEmpty)
    }
  }

  @Test func cleaningOfTheGivenText() throws {
    try withModel { _, configuration in
      var run = configuration
      run.text = "a  <i>b</i>"
      run.cleaning = .processString
      run.totalLength = -1
      let result = try TextGenerator(run).run()
      #expect(result.text == "\n a b ")
    }
  }

  @Test func refusals() throws {
    try withModel { _, configuration in
      var run = configuration
      run.watchesNeuron = true
      #expect(throws: AnalysisError.neuronNotKnown(path: run.load)) { try TextGenerator(run) }
      for neuron in [7, -2] {
        run.neuron = neuron
        #expect(throws: AnalysisError.neuronOutOfRange(neuron: neuron, units: 7)) { try TextGenerator(run) }
      }
      run.load = "/nonexistent"
      #expect(throws: FileError.notFound(path: "/nonexistent")) { try TextGenerator(run) }
    }
  }
}
