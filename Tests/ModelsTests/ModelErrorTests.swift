import Models
import Testing

@Suite struct ModelErrorTests {
  @Test func impossibleSettingsAreRefused() {
    var configuration = LanguageModelConfiguration(hiddenSize: 8)
    configuration.isTied = true
    #expect(throws: ModelError.tiedWidthsDiffer(embeddingSize: 64, hiddenSize: 8)) {
      try LanguageModel(configuration)
    }
    configuration.isTied = false
    configuration.hiddenSize = 0
    #expect(throws: ModelError.sizeNotPositive(name: "the number of hidden units", value: 0)) {
      try LanguageModel(configuration)
    }
    configuration.hiddenSize = 8
    configuration.dropout = 1
    #expect(throws: ModelError.dropoutOutOfRange(1)) { try LanguageModel(configuration) }
  }

  @Test func cellNamesInAnyCase() {
    #expect(CellKind(named: "MLSTM") == .multiplicativeLSTM)
    #expect(CellKind(named: "rnntanh") == .tanh)
    #expect(CellKind(named: "RNNReLU") == .relu)
    #expect(CellKind(named: "transformer") == nil)
  }
}
