import Models
import Tensors
import Testing

/// A state that does not fit ends the program; it must never be computed from what lies about in memory.
@Suite struct StateCheckTests {
  @Test func aCellThatHasAStateNeedsOne() async {
    await #expect(processExitsWith: .failure) {
      let model = try LanguageModel(LanguageModelConfiguration(cell: .lstm, embeddingSize: 4, hiddenSize: 5))
      let state = RecurrentState(layers: [LayerState(hidden: Tensor(zeros: [1, 5]), cell: nil)])
      _ = model.logits(tokens: [1, 2], rows: 1, resetMask: nil, state: state, on: Tape(Engine(), recording: false))
    }
  }

  @Test func aStateOfAnotherWidthOrOfFewerLayers() async {
    await #expect(processExitsWith: .failure) {
      let model = try LanguageModel(LanguageModelConfiguration(cell: .gru, embeddingSize: 4, hiddenSize: 5))
      let state = RecurrentState(layers: [LayerState(hidden: Tensor(zeros: [1, 4]), cell: nil)])
      _ = model.logits(tokens: [1, 2], rows: 1, resetMask: nil, state: state, on: Tape(Engine(), recording: false))
    }
    await #expect(processExitsWith: .failure) {
      let model = try LanguageModel(LanguageModelConfiguration(cell: .gru, embeddingSize: 4, hiddenSize: 5))
      _ = model.logits(
        tokens: [1, 2], rows: 1, resetMask: nil, state: RecurrentState(layers: []),
        on: Tape(Engine(), recording: false))
    }
  }

  @Test func tokensBeyondTheVocabulary() async {
    // Read row by row, and from a table.
    await #expect(processExitsWith: .failure) { try run(tokens: [1, 3]) }
    await #expect(processExitsWith: .failure) { try run(tokens: [1, 2, 1, 3]) }
    await #expect(processExitsWith: .failure) { try run(tokens: [1, 2, 1, -1]) }
    await #expect(processExitsWith: .success) { try run(tokens: [1, 2, 1, 0]) }
  }

  @Test func aModelOfZerosIsFinite() throws {
    for cell in CellKind.allCases {
      let model = try LanguageModel(LanguageModelConfiguration(cell: cell, embeddingSize: 4, hiddenSize: 5))
      let tape = Tape(Engine(), recording: true)
      let (logits, state) = model.logits(
        tokens: [1, 2], rows: 1, resetMask: nil,
        state: RecurrentState(zerosFor: 1, configuration: model.configuration), on: tape)
      #expect(state.layers[0].hidden.values.allSatisfy { $0 == 0 })
      let loss = softmaxCrossEntropy(logits, targets: [1, 2], on: tape)
      #expect(loss.value.isFinite)
      tape.backward(from: loss.variable)
      for parameter in model.parameters {
        #expect(parameter.variable.gradient?.values.allSatisfy(\.isFinite) == true, "\(cell) \(parameter.path)")
      }
    }
  }
}

/// One pass of a model with three tokens.
private func run(tokens: [Int32]) throws {
  let model = try LanguageModel(
    LanguageModelConfiguration(cell: .gru, vocabularySize: 3, embeddingSize: 4, hiddenSize: 5))
  _ = model.logits(
    tokens: tokens, rows: 1, resetMask: nil, state: RecurrentState(zerosFor: 1, configuration: model.configuration),
    on: Tape(Engine(), recording: true))
}
