import Tensors
import Testing

@testable import Models

@Suite struct MemoryEstimateTests {
  private let small = LanguageModelConfiguration(embeddingSize: 2, hiddenSize: 4, layerCount: 1)

  @Test func countsWeightsGradientsMomentsAndStates() {
    let parameters = small.parameterCount
    // Normalised ones are computed and have a gradient of their own; five blocks read input and state.
    let matrices = 5 * 4 * (2 + 4)
    // Multiplicative LSTM: 6 saved, operand, 4 gate gradients, 4 of the multiplier, output and its gradient.
    #expect(
      MemoryEstimate(training: small, rows: 3, steps: 5, stateArrays: 2).bytes
        == 4 * (6 * parameters + 2 * matrices + 15 * (17 * 4 + 257)))
    #expect(MemoryEstimate(evaluating: small, rows: 3, steps: 5).bytes == 4 * (2 * parameters + 15 * (4 + 257)))
    #expect(MemoryEstimate(features: small, texts: 7, width: 4).bytes == 4 * (2 * parameters + 28))
    #expect(
      MemoryEstimate(features: small, texts: 7, width: 4, precision: .int8).bytes == 5 * parameters + 4 * 28)
  }

  @Test(arguments: CellKind.allCases, Precision.forTraining)
  func agreesWithWhatTrainingTakes(cell: CellKind, precision: Precision) throws {
    let configuration = LanguageModelConfiguration(cell: cell, hiddenSize: 192)
    let (rows, steps) = (16, 64)
    for recomputes in [false, true] {
      let pool = BufferPool()
      let engine = Engine(precision: precision)
      var taken = 0
      try BufferPool.$current.withValue(pool) {
        let model = try LanguageModel(configuration)
        model.initialize(seed: 1)
        let moments = model.parameters.map { parameter in [0, 1].map { _ in Tensor(zeros: parameter.shape) } }
        let tape = Tape(engine, recording: true, recomputes: recomputes)
        let tokens = (0..<rows * steps).map { Int32($0 % 250) }
        let (logits, _) = model.logits(
          tokens: tokens, rows: rows, resetMask: nil,
          state: RecurrentState(zerosFor: rows, configuration: configuration),
          on: tape)
        let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: tokens, on: tape)
        tape.backward(from: loss.variable)
        taken = pool.bytesHeld
        #expect(moments.count == model.parameters.count)
      }
      let estimate = MemoryEstimate(
        training: configuration, rows: rows, steps: steps, stateArrays: 2, precision: precision,
        isNative: engine.isPrecisionNative, recomputes: recomputes)
      let ratio = Double(estimate.bytes) / Double(taken)
      #expect((0.7...1.3).contains(ratio), "estimated \(estimate.bytes), taken \(taken), recomputing \(recomputes)")
    }
  }

  @Test func theLargestSizesDoNotOverflow() {
    let huge = LanguageModelConfiguration(embeddingSize: 65_536, hiddenSize: 65_536, layerCount: 64)
    #expect(
      MemoryEstimate(training: huge, rows: 65_536, steps: 1_048_576, stateArrays: 2).bytes == 1_000_000_000_000_000_000)
  }

  @Test func refusesWithBothFigures() throws {
    let estimate = MemoryEstimate(features: small, texts: 1_000_000, width: 1000)
    #expect(throws: ModelError.notEnoughMemory(needed: estimate.bytes, available: estimate.bytes - 1)) {
      try estimate.requireFits(into: estimate.bytes - 1)
    }
    try estimate.requireFits(into: estimate.bytes)
    try estimate.requireFits(into: nil)
    #expect(
      ModelError.notEnoughMemory(needed: 4_010_000_000_000, available: 23_456_789_000).description
        == "about 4.0 TB of memory would be needed, but 23 GB are available")
  }

  @Test func readsWhatTheSystemSays() {
    let text = "MemTotal:       24683520 kB\nMemAvailable:   21000000 kB\n"
    #expect(MemoryEstimate.availableBytes(inMemoryInformation: text) == 21_000_000 * 1024)
    #expect(MemoryEstimate.availableBytes(inMemoryInformation: "MemFree: 1 kB\n") == nil)
  }
}
