import Models
import Tensors
import Testing

/// Gradients of whole language models by finite differences, for every cell.
@Suite struct SequenceGradientTests {
  struct Case: CustomTestStringConvertible {
    var configuration: LanguageModelConfiguration
    var steps = 5
    var rows = 3
    var testDescription: String { "\(configuration)" }
  }

  static let cases: [Case] = CellKind.allCases.flatMap { cell in
    [
      // Fewer tokens than vocabulary: the layer reads embeddings row by row.
      Case(
        configuration: LanguageModelConfiguration(
          cell: cell, vocabularySize: 30, embeddingSize: 4, hiddenSize: 7, layerCount: 2, usesWeightNormalization: true)
      ),
      // More tokens than vocabulary: it reads a table.
      Case(
        configuration: LanguageModelConfiguration(
          cell: cell, vocabularySize: 6, embeddingSize: 5, hiddenSize: 17, usesWeightNormalization: false)),
      Case(
        configuration: LanguageModelConfiguration(
          cell: cell, vocabularySize: 6, embeddingSize: 9, hiddenSize: 9, dropout: 0.4, isTied: true,
          usesWeightNormalization: true)),
    ]
  }

  @Test(arguments: cases)
  func everyParameter(_ example: Case) throws {
    let configuration = example.configuration
    let model = try LanguageModel(configuration)
    model.initialize(seed: 5)
    let count = example.steps * example.rows
    var generator = SeededGenerator(seed: 1)
    let tokens = (0..<count).map { _ in Int32(generator.next() % UInt64(configuration.vocabularySize)) }
    let targets = (0..<count).map { _ in Int32(generator.next() % UInt64(configuration.vocabularySize)) }
    var resets = [Float](repeating: 0, count: count)
    resets[2 * example.rows + 1] = 1
    resets[0] = 1
    let mask = (0..<count).map { Float($0 == 4 ? 0 : 1) }
    let state = RecurrentState(zerosFor: example.rows, configuration: configuration)
    for layer in state.layers {
      layer.hidden.fillUniform(bound: 0.5, using: &generator)
      layer.cell?.fillUniform(bound: 0.5, using: &generator)
    }
    let engine = Engine()
    // Dropout is on, with the same key each time.
    func loss(_ tape: Tape) -> MeanLoss {
      let (logits, _) = model.logits(
        tokens: tokens, rows: example.rows, resetMask: resets, state: state, dropoutKey: 77, on: tape)
      return fusedSoftmaxCrossEntropy(consuming: logits, targets: targets, mask: mask, on: tape)
    }
    let tape = Tape(engine, recording: true)
    tape.backward(from: loss(tape).variable)
    for (index, parameter) in model.parameters.enumerated() {
      let variable = parameter.variable
      let gradient = variable.gradient?.values ?? []
      #expect(gradient.count == variable.value.count, "\(parameter.path) has no gradient")
      let original = variable.value.values
      func evaluate(_ direction: [Double], _ step: Double) -> Double {
        let moved = zip(original, direction).map { Float(Double($0) + step * $1) }
        variable.update { $0.copy(from: Tensor(moved, shape: parameter.shape)) }
        return loss(Tape(engine, recording: false, isTraining: true)).value
      }
      let length = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(length > 1e-6, "\(parameter.path) has a gradient of zeros")
      // Random directions see every coordinate; along the gradient the difference is largest against rounding.
      var directions = (0..<3).map { _ in gradient.map { _ in generator.uniform() < 0.5 ? -1.0 : 1.0 } }
      directions.append(gradient.map { Double($0) })
      // The kinks of max(0, z) ask for a smaller step.
      let step = configuration.cell == .relu ? 2e-3 : 2e-2
      for direction in directions {
        let scale = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let unit = direction.map { $0 / scale }
        let numerical = (evaluate(unit, step) - evaluate(unit, -step)) / (2 * step)
        let analytical = zip(gradient, unit).reduce(0) { $0 + Double($1.0) * $1.1 }
        #expect(
          abs(numerical - analytical) < 2e-2 * abs(analytical) + 5e-3 * length + 1e-4,
          "\(parameter.path) (\(index)): \(numerical) against \(analytical)")
      }
      variable.update { $0.copy(from: Tensor(original, shape: parameter.shape)) }
    }
  }

  @Test(arguments: CellKind.allCases)
  func evaluationAgreesWithRecordingAndWithAnyBatch(cell: CellKind) throws {
    let configuration = LanguageModelConfiguration(
      cell: cell, vocabularySize: 11, embeddingSize: 6, hiddenSize: 21, layerCount: 2)
    let model = try LanguageModel(configuration)
    model.initialize(seed: 3)
    let engine = Engine()
    let rows = 4
    let steps = 9
    var generator = SeededGenerator(seed: 2)
    let tokens = (0..<rows * steps).map { _ in Int32(generator.next() % 11) }
    func run(recording: Bool) -> [Float] {
      model.logits(
        tokens: tokens, rows: rows, resetMask: nil,
        state: RecurrentState(zerosFor: rows, configuration: configuration), on: Tape(engine, recording: recording)
      ).logits.value.values
    }
    let together = run(recording: false)
    #expect(zip(together, run(recording: true)).allSatisfy { abs($0 - $1) < 1e-5 })
    for row in 0..<rows {
      let alone = model.logits(
        tokens: (0..<steps).map { tokens[$0 * rows + row] }, rows: 1, resetMask: nil,
        state: RecurrentState(zerosFor: 1, configuration: configuration), on: Tape(engine, recording: false)
      ).logits.value.values
      for step in 0..<steps {
        for j in 0..<11 {
          #expect(abs(alone[step * 11 + j] - together[(step * rows + row) * 11 + j]) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: CellKind.allCases)
  func stateCarriesOver(cell: CellKind) throws {
    let configuration = LanguageModelConfiguration(
      cell: cell, vocabularySize: 7, embeddingSize: 3, hiddenSize: 10, layerCount: 1)
    let model = try LanguageModel(configuration)
    model.initialize(seed: 4)
    let tokens: [Int32] = [1, 2, 3, 4, 5, 6, 0, 1]
    let tape = Tape(Engine(), recording: false)
    let zero = RecurrentState(zerosFor: 1, configuration: configuration)
    let whole = model.logits(tokens: tokens, rows: 1, resetMask: nil, state: zero, on: tape)
    let first = model.logits(tokens: Array(tokens[..<3]), rows: 1, resetMask: nil, state: zero, on: tape)
    let second = model.logits(tokens: Array(tokens[3...]), rows: 1, resetMask: nil, state: first.state, on: tape)
    // A library may sum in another order for another number of rows.
    let parts = first.logits.value.values + second.logits.value.values
    #expect(zip(parts, whole.logits.value.values).allSatisfy { abs($0 - $1) < 1e-6 })
    for (part, all) in zip(second.state.layers, whole.state.layers) {
      #expect(zip(part.hidden.values, all.hidden.values).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }
}
