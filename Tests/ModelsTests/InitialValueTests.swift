import Models
import Tensors
import Testing

@Suite struct InitialValueTests {
  private func initialized(
    _ cell: CellKind, normalized: Bool = false, tied: Bool = false, seed: UInt64 = 1
  ) throws -> LanguageModel {
    let model = try LanguageModel(
      LanguageModelConfiguration(
        cell: cell, embeddingSize: tied ? 64 : 40, hiddenSize: 64, layerCount: 2, isTied: tied,
        usesWeightNormalization: normalized))
    model.initialize(seed: seed)
    return model
  }

  private func statistics(_ parameter: NamedParameter) -> (mean: Double, deviation: Double, largest: Float) {
    let values = parameter.variable.value.values
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
    return (mean, variance.squareRoot(), values.map(abs).max() ?? 0)
  }

  @Test(arguments: CellKind.allCases)
  func embeddingNormalLayersUniformDecoderBiasZero(cell: CellKind) throws {
    // 1/√64, and the deviation of a uniform distribution on ± that.
    let (bound, deviation) = (Float(0.125), 0.125 / 3.0.squareRoot())
    for parameter in try initialized(cell).parameters {
      let found = statistics(parameter)
      let count = Double(parameter.variable.value.count).squareRoot()
      switch parameter.path {
      case "embedding.weight":
        #expect(abs(found.mean) < 5 / count)
        #expect(abs(found.deviation - 1) < 4 / count)
        #expect(found.largest > 3 && found.largest < 6)
      case "decoder.bias":
        #expect(found.largest == 0)
      default:
        #expect(found.largest <= bound, "\(parameter.path)")
        #expect(found.largest > 0.9 * bound, "\(parameter.path)")
        #expect(abs(found.mean) < 5 * deviation / count, "\(parameter.path)")
        #expect(abs(found.deviation - deviation) < 0.2 * deviation, "\(parameter.path)")
      }
    }
  }

  @Test func biasesOfTheLayersAreDrawnToo() throws {
    let biases = try initialized(.lstm).parameters.filter { $0.path.hasSuffix("Bias") }
    #expect(biases.count == 4)
    #expect(biases.allSatisfy { statistics($0).deviation > 0.05 })
  }

  @Test(arguments: CellKind.allCases)
  func gainsAreTheRowNorms(cell: CellKind) throws {
    let (plain, normalized) = (try initialized(cell), try initialized(cell, normalized: true))
    let gains = normalized.parameters.filter { $0.path.hasSuffix(".gain") }
    #expect(gains.count == (cell == .multiplicativeLSTM ? 8 : 4))
    for gain in gains {
      let direction = try #require(
        normalized.parameters.first { $0.path == String(gain.path.dropLast(5)) + ".direction" })
      #expect(gain.shape == [direction.shape[0], 1])
      #expect(gain.variable.value.values == rowNorms(of: direction.variable.value).values)
    }
    // The same draws, so the same function.
    let tokens: [Int32] = [3, 200, 11, 97]
    func logits(_ model: LanguageModel) -> [Float] {
      model.logits(
        tokens: tokens, rows: 1, resetMask: nil, state: RecurrentState(zerosFor: 1, configuration: model.configuration),
        on: Tape(Engine(), recording: false)
      ).logits.value.values
    }
    #expect(zip(logits(plain), logits(normalized)).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func tiedDecoderIsTheEmbedding() throws {
    let names = try initialized(.gru, tied: true).parameters.map(\.path)
    #expect(!names.contains("decoder.weight"))
    #expect(names.prefix(2) == ["embedding.weight", "decoder.bias"])
  }

  @Test func equalSeedsDrawEqualValues() throws {
    func values(_ seed: UInt64) throws -> [[Float]] {
      try initialized(.multiplicativeLSTM, seed: seed).parameters.map { $0.variable.value.values }
    }
    #expect(try values(5) == values(5))
    #expect(try values(5) != values(6))
  }

  @Test func orderOfTheParameters() throws {
    let layer = { (index: Int, names: [String]) in names.map { "layers.\(index).\($0)" } }
    let head = ["embedding.weight", "decoder.weight", "decoder.bias"]
    let plain = [
      "inputWeight", "hiddenWeight", "inputBias", "hiddenBias", "multiplierInputWeight", "multiplierHiddenWeight",
    ]
    #expect(try initialized(.multiplicativeLSTM).parameters.map(\.path) == head + layer(0, plain) + layer(1, plain))
    let split = [
      "inputBias", "hiddenBias", "inputWeight.gain", "inputWeight.direction", "hiddenWeight.gain",
      "hiddenWeight.direction", "multiplierInputWeight.gain", "multiplierInputWeight.direction",
      "multiplierHiddenWeight.gain", "multiplierHiddenWeight.direction",
    ]
    #expect(
      try initialized(.multiplicativeLSTM, normalized: true).parameters.map(\.path)
        == head + layer(0, split) + layer(1, split))
  }
}
