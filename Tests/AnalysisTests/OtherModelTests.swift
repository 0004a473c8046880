import Checkpoints
import Corpora
import Models
import Tensors
import TestSupport
import Testing

@testable import Analysis

/// Features, transfer, classifier and generator over models that have neither layers nor a state of tensors.
@Suite struct OtherModelTests {
  @Test func aTransferAndItsClassifierTakeWhateverEncodes() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.cleaning = CleaningMethod.none
      let model = LetterModel()
      var told: [TransferEvent] = []
      let result = try Transfer(run, of: model) { told.append($0) }.run()
      // The label is whether the last word is "fine" or "bad", which letters tell without fault.
      #expect(result.allNeurons.sweep.scores.test == 1)
      #expect(result.textsTransformed == 110)
      #expect(told.contains { if case .memoryPredicted(let estimate) = $0 { estimate.bytes > 0 } else { false } })
      #expect(
        model.written.paths == ["classifier.safetensors", "classifier.16.safetensors"].map { result.folder + "/\($0)" })

      run.usesCache = true
      #expect(try Transfer(run, of: model).run().textsTransformed == 0)
      #expect(try Transfer(run, of: LetterModel(scale: 2)).run().textsTransformed == 110)

      let head = try #require(model.written.head)
      let card = ModelCard.Classifier(
        labels: ["label"], thresholds: [0.5], features: FeatureSelection(), maximumLength: nil, warmupPasses: 0,
        regularization: nil, topNeurons: [], scores: [:])
      let classifier = try TextClassifier(
        encoder: model.encoder, head: head, card: card, tokenizer: model.tokenizer, cleaning: model.cleaning)
      let answers = try classifier.probabilities(of: TextStore(["the plot was fine", "the cast was bad"]))
      #expect(answers.map { classifier.decisions($0) } == [[true], [false]])
      #expect(throws: AnalysisError.columnCount(what: "features", expected: 2, found: 26)) {
        try TextClassifier(
          encoder: model.encoder, head: LinearClassifier(weight: Tensor(zeros: [1, 2]), bias: Tensor(zeros: [1])),
          card: card, tokenizer: model.tokenizer, cleaning: model.cleaning)
      }
    }
  }

  @Test func aGeneratorTakesWhateverScores() throws {
    var run = GenerationConfiguration()
    run.text = "wxy"
    run.totalLength = 7
    run.temperature = 0
    let generator = try TextGenerator(run, scorer: Alphabet(), tokenizer: CharacterTokenizer())
    #expect(try generator.run().text == "wxyzabc")
    // It keeps nothing from one run to the next.
    #expect(try generator.run().text == "wxyzabc")
  }

  @Test func holdingANeuronIsAskedOfTheScorer() throws {
    var run = GenerationConfiguration()
    run.load = "m"
    run.text = "ab"
    run.totalLength = 6
    run.temperature = 0
    run.heldValue = 2
    #expect(throws: AnalysisError.noNeurons(path: "m")) {
      try TextGenerator(run, scorer: Alphabet(), tokenizer: CharacterTokenizer(), neuronWeights: [1])
    }
    let held = try TextGenerator(
      run, scorer: Alphabet(hasStride: true), tokenizer: CharacterTokenizer(), neuronWeights: [1]
    ).run()
    #expect(held.text == "abcegi")
    #expect(held.characters.map(\.value) == [1, 1, 2, 2, 2, 2])
    run.neuron = 1
    #expect(throws: AnalysisError.neuronOutOfRange(neuron: 1, units: 1)) {
      try TextGenerator(run, scorer: Alphabet(hasStride: true), tokenizer: CharacterTokenizer())
    }
  }
}

/// How often each letter occurs in a text.
private struct LetterEncoder: TextEncoder {
  var scale: Float
  let featureWidth = 26
  let precisionReport: PrecisionReport? = nil

  func memory(forTexts count: Int) -> MemoryEstimate {
    MemoryEstimate(features: LanguageModelConfiguration(hiddenSize: 26), texts: count, width: 26)
  }

  func identify(in fingerprint: inout Fingerprint) { fingerprint.add("letters \(scale)") }

  func encode(
    _ texts: inout TextQueue, rows: Int, observe: (Int) throws -> Void, take: (Int, [Float]) -> Void
  ) throws {
    while let next = try texts.next() {
      var counts = [Float](repeating: 0, count: 26)
      for token in next.tokens where (98...123).contains(token) { counts[Int(token) - 98] += scale }
      take(next.text, counts)
      try observe(next.tokens.count)
    }
  }
}

/// A model of letters that remembers what it was told to write.
private struct LetterModel: FeatureModel {
  final class Written {
    var head: LinearClassifier?
    var paths: [String] = []
  }

  let encoder: any TextEncoder
  let tokenizer: any Tokenizer = CharacterTokenizer()
  let cleaning = CleaningMethod.none
  let written = Written()

  init(scale: Float = 1) { encoder = LetterEncoder(scale: scale) }

  func write(_ head: LinearClassifier, _ fit: ClassifierFit, halfPrecision: Bool, to path: String) throws {
    written.head = head
    written.paths.append(path)
  }
}

/// Says the letters in their order, by steps that its one neuron gives.
private struct Alphabet: NextTokenScorer {
  struct State {
    var last: Int32 = 0
    var stride = 1
  }

  private struct Stride: NeuronAccess {
    let count = 1
    func value(of neuron: Int, in state: State) -> Float { Float(state.stride) }
    func hold(_ neuron: Int, at value: Float, in state: inout State) { state.stride = Int(value) }
  }

  var hasStride = false
  let precisionReport: PrecisionReport? = nil
  var neurons: (any NeuronAccess<State>)? { hasStride ? Stride() : nil }

  func start() -> State { State() }

  func advance(_ state: inout State, by token: Int32) -> [Float] {
    state.last = token
    let letter = max(0, Int(token) - 98)
    return (0..<257).map { $0 == 98 + (letter + state.stride) % 26 ? 1 : 0 }
  }
}
