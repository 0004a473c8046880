import Models
import Tensors
import Testing

/// Frozen parameters cost nothing, and change nothing for the others.
@Suite struct FreezingTests {
  static func model(_ cell: CellKind) throws -> LanguageModel {
    let model = try LanguageModel(
      LanguageModelConfiguration(cell: cell, vocabularySize: 13, embeddingSize: 6, hiddenSize: 37, layerCount: 2))
    model.initialize(seed: 8)
    return model
  }

  /// Gradients by name after one pass over more tokens than vocabulary, or fewer.
  static func gradients(of model: LanguageModel, steps: Int) -> [String: [Float]] {
    let tape = Tape(Engine(), recording: true)
    let tokens = (0..<2 * steps).map { Int32($0 * 5 % 13) }
    let (logits, _) = model.logits(
      tokens: tokens, rows: 2, resetMask: nil, state: RecurrentState(zerosFor: 2, configuration: model.configuration),
      on: tape)
    let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: tokens.reversed(), on: tape)
    tape.backward(from: loss.variable)
    var gradients: [String: [Float]] = [:]
    for parameter in model.parameters {
      gradients[parameter.path] = parameter.variable.gradient?.values
      parameter.variable.clearGradient()
    }
    return gradients
  }

  @Test(arguments: CellKind.allCases, [5, 9])
  func theOthersHaveTheGradientsTheyHad(cell: CellKind, steps: Int) throws {
    let model = try Self.model(cell)
    let all = Self.gradients(of: model, steps: steps)
    #expect(all.count == model.parameters.count)
    for part in ["embedding", "layers.0", "layers.1", "hiddenWeight", "inputBias", "decoder", "layers."] {
      for parameter in model.parameters { parameter.isFrozen = parameter.path.contains(part) }
      let some = Self.gradients(of: model, steps: steps)
      #expect(some.keys.sorted() == all.keys.filter { !$0.contains(part) }.sorted(), "\(part)")
      for (name, values) in some { #expect(values == all[name], "\(name) beside frozen \(part)") }
    }
  }

  @Test func gainAndDirectionAreFrozenTogether() throws {
    let model = try Self.model(.lstm)
    let gain = try #require(model.parameters.first { $0.path.hasSuffix("0.hiddenWeight.gain") })
    gain.isFrozen = true
    #expect(
      model.parameters.filter(\.isFrozen).map(\.path).sorted() == [
        "layers.0.hiddenWeight.direction", "layers.0.hiddenWeight.gain",
      ])
    let names = Set(Self.gradients(of: model, steps: 9).keys)
    #expect(names.count == model.parameters.count - 2 && !names.contains(gain.path))
  }

  @Test func everythingFrozenComputesNoGradient() throws {
    let model = try Self.model(.gru)
    for parameter in model.parameters { parameter.isFrozen = true }
    #expect(Self.gradients(of: model, steps: 9).isEmpty)
  }

  @Test(arguments: CellKind.allCases)
  func aFrozenEncoderKeepsNoStates(cell: CellKind) throws {
    func kept(frozen: Bool) throws -> Int {
      let pool = BufferPool()
      return try BufferPool.$current.withValue(pool) {
        let model = try Self.model(cell)
        for parameter in model.parameters { parameter.isFrozen = frozen && !parameter.path.hasPrefix("decoder") }
        let tape = Tape(Engine(), recording: true)
        let tokens = (0..<4 * 200).map { Int32($0 * 5 % 13) }
        let before = pool.bytesInUse
        let (logits, _) = model.logits(
          tokens: tokens, rows: 4, resetMask: nil,
          state: RecurrentState(zerosFor: 4, configuration: model.configuration), on: tape)
        return withExtendedLifetime(logits) { pool.bytesInUse - before }
      }
    }
    // What stays is the top layer's output, the scores, and for the evaluated weights their packed copies.
    #expect(try kept(frozen: true) < kept(frozen: false) * 2 / 3)
  }
}
