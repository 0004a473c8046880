import Models
import Tensors
import Testing

/// Narrow operands and recomputation against the float32 pass that keeps everything.
@Suite struct PrecisionTests {
  struct Outcome {
    var loss: Double
    var gradients: [String: [Float]]
    var logits: [Float]
  }

  static func configuration(_ cell: CellKind, dropout: Double = 0) -> LanguageModelConfiguration {
    LanguageModelConfiguration(
      cell: cell, vocabularySize: 19, embeddingSize: 12, hiddenSize: 40, layerCount: 2, dropout: dropout)
  }

  static func pass(
    _ model: LanguageModel, precision: Precision, backend: MatrixBackendKind = .oneDNN, recomputes: Bool = false
  ) -> Outcome {
    let (rows, steps) = (3, 11)
    var generator = SeededGenerator(seed: 6)
    func draw() -> [Int32] { (0..<rows * steps).map { _ in Int32(generator.next() % 19) } }
    let (tokens, targets) = (draw(), draw())
    var resets = [Float](repeating: 0, count: rows * steps)
    resets[4 * rows + 1] = 1
    let state = RecurrentState(zerosFor: rows, configuration: model.configuration)
    for layer in state.layers { layer.hidden.fillUniform(bound: 0.5, using: &generator) }
    let tape = Tape(Engine(backend, precision: precision), recording: true, recomputes: recomputes)
    let (logits, _) = model.logits(
      tokens: tokens, rows: rows, resetMask: resets, state: state, dropoutKey: 5, on: tape)
    let values = logits.value.values
    let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: targets, on: tape)
    tape.backward(from: loss.variable)
    var gradients: [String: [Float]] = [:]
    for parameter in model.parameters {
      gradients[parameter.path] = parameter.variable.gradient?.values
      parameter.variable.clearGradient()
    }
    return Outcome(loss: loss.value, gradients: gradients, logits: values)
  }

  /// `‖a − b‖ / ‖b‖`.
  static func relativeDifference(_ a: [Float], _ b: [Float]) -> Double {
    let difference = zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
    return (difference / max(b.reduce(0) { $0 + Double($1) * Double($1) }, 1e-30)).squareRoot()
  }

  @Test(arguments: CellKind.allCases, [Precision.bfloat16, .float16])
  func gradientsAgreeToTheirPrecision(cell: CellKind, precision: Precision) throws {
    let model = try LanguageModel(Self.configuration(cell, dropout: 0.2))
    model.initialize(seed: 2)
    let exact = Self.pass(model, precision: .float32)
    let unit = precision == .bfloat16 ? 1.0 / 256 : 1.0 / 2048
    for backend in MatrixBackendKind.allCases {
      let rounded = Self.pass(model, precision: precision, backend: backend)
      #expect(abs(rounded.loss - exact.loss) < unit && rounded.loss != exact.loss)
      #expect(rounded.gradients.count == exact.gradients.count)
      for (name, gradient) in exact.gradients {
        let difference = Self.relativeDifference(rounded.gradients[name] ?? [], gradient)
        // The kinks of max(0, z) amplify what rounding moved across them.
        #expect(difference < (cell == .relu ? 20 : 6) * unit, "\(name): \(difference)")
      }
    }
  }

  @Test(arguments: CellKind.allCases, Precision.forTraining)
  func recomputationChangesNothingButMemory(cell: CellKind, precision: Precision) throws {
    let model = try LanguageModel(Self.configuration(cell))
    model.initialize(seed: 2)
    let whole = Self.pass(model, precision: precision)
    let pieces = Self.pass(model, precision: precision, recomputes: true)
    #expect(pieces.logits == whole.logits)
    for (name, gradient) in whole.gradients {
      let difference = Self.relativeDifference(pieces.gradients[name] ?? [], gradient)
      #expect(difference < 1e-5, "\(name)")
    }
  }

  @Test(arguments: CellKind.allCases, Precision.allCases)
  func evaluationAgreesWithFloat32(cell: CellKind, precision: Precision) throws {
    let model = try LanguageModel(Self.configuration(cell))
    model.initialize(seed: 4)
    let tokens = (0..<36).map { Int32($0 * 7 % 19) }
    func logits(_ precision: Precision, rows: Int) -> [Float] {
      model.logits(
        tokens: tokens, rows: rows, resetMask: nil,
        state: RecurrentState(zerosFor: rows, configuration: model.configuration),
        on: Tape(Engine(precision: precision), recording: false)
      ).logits.value.values
    }
    for rows in [1, 4] {
      let exact = logits(.float32, rows: rows)
      let bound = precision == .int8 || precision == .bfloat16 ? 0.02 : 0.002
      #expect(Self.relativeDifference(logits(precision, rows: rows), exact) < bound)
    }
  }

  @Test(arguments: CellKind.allCases, Precision.allCases)
  func aRowAloneIsComputedAsInABatch(cell: CellKind, precision: Precision) throws {
    let model = try LanguageModel(Self.configuration(cell))
    model.initialize(seed: 4)
    let engine = Engine(precision: precision)
    let (rows, steps) = (4, 9)
    let tokens = (0..<rows * steps).map { Int32($0 * 7 % 19) }
    func hidden(_ tokens: [Int32], rows: Int) -> Tensor {
      model.encode(
        tokens: tokens, rows: rows, resetMask: nil,
        state: RecurrentState(zerosFor: rows, configuration: model.configuration), engine: engine
      ).state.layers[1].hidden
    }
    let together = hidden(tokens, rows: rows)
    for row in 0..<rows {
      let alone = hidden((0..<steps).map { tokens[$0 * rows + row] }, rows: 1).values
      // Sums in another order may round to the neighbouring bf16 number.
      let difference = Self.relativeDifference(alone, together.rows(row, count: 1).values)
      #expect(difference < (precision == .bfloat16 ? 2e-3 : 1e-4))
    }
  }

  /// Bytes that tensors take after a forward pass that a backward pass can follow, and at most over both passes.
  static func memory(
    _ cell: CellKind, units: Int, steps: Int, precision: Precision, recomputes: Bool = false
  ) throws -> (kept: Int, peak: Int) {
    let pool = BufferPool()
    return try BufferPool.$current.withValue(pool) {
      let rows = 8
      let model = try LanguageModel(
        LanguageModelConfiguration(cell: cell, vocabularySize: 20, embeddingSize: 8, hiddenSize: units))
      model.initialize(seed: 1)
      let tokens = (0..<rows * steps).map { Int32($0 % 20) }
      let tape = Tape(Engine(precision: precision), recording: true, recomputes: recomputes)
      pool.releaseIdleBlocks()
      let before = pool.bytesHeld
      let (logits, _) = model.logits(
        tokens: tokens, rows: rows, resetMask: nil,
        state: RecurrentState(zerosFor: rows, configuration: model.configuration),
        on: tape)
      let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: tokens, on: tape)
      let peakForward = pool.bytesHeld - before
      pool.releaseIdleBlocks()
      let kept = pool.bytesHeld - before
      tape.backward(from: loss.variable)
      return (kept, max(peakForward, pool.bytesHeld - before))
    }
  }

  @Test(arguments: CellKind.allCases)
  func halfPrecisionKeepsHalf(cell: CellKind) throws {
    let exact = try Self.memory(cell, units: 384, steps: 64, precision: .float32)
    let half = try Self.memory(cell, units: 384, steps: 64, precision: .float16)
    #expect(Double(half.kept) < 0.55 * Double(exact.kept), "\(half.kept) of \(exact.kept) bytes")
  }

  @Test(arguments: CellKind.allCases)
  func recomputationHalvesMemoryAtLeast(cell: CellKind) throws {
    let whole = try Self.memory(cell, units: 96, steps: 400, precision: .float32)
    let pieces = try Self.memory(cell, units: 96, steps: 400, precision: .float32, recomputes: true)
    #expect(Double(pieces.peak) < 0.5 * Double(whole.peak), "\(pieces.peak) of \(whole.peak) bytes")
  }

  @Test func halfPrecisionOverflowsWhereItMust() throws {
    let model = try LanguageModel(Self.configuration(.lstm))
    model.initialize(seed: 2)
    let decoder = try #require(model.parameters.first { $0.path == "decoder.weight" })
    decoder.variable.update { $0.fill(70_000) }
    let losses = [Precision.float32, .bfloat16, .float16].map { Self.pass(model, precision: $0).loss }
    #expect(losses[0].isFinite && losses[1].isFinite && !losses[2].isFinite)
  }
}
