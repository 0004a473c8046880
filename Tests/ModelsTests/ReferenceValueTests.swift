import Models
import Tensors
import Testing

/// Numbers of the specification's reference section (double precision, rounded): V 5, E 2, H 3, two rows, three steps.
@Suite struct ReferenceValueTests {
  static let tokens: [Int32] = [1, 4, 2, 0, 3, 3]
  static let targets: [Int32] = [2, 0, 3, 3, 4, 1]

  static func configuration(_ cell: CellKind, layers: Int = 1, normalized: Bool = false) -> LanguageModelConfiguration {
    LanguageModelConfiguration(
      cell: cell, vocabularySize: 5, embeddingSize: 2, hiddenSize: 3, layerCount: layers,
      usesWeightNormalization: normalized)
  }

  static func zeros(_ configuration: LanguageModelConfiguration) -> RecurrentState {
    RecurrentState(zerosFor: 2, configuration: configuration)
  }

  @Test(arguments: MatrixBackendKind.allCases, [true, false])
  func multiplicativeLSTMLogitsAndStates(backend: MatrixBackendKind, recording: Bool) throws {
    let configuration = Self.configuration(.multiplicativeLSTM)
    let model = try referenceModel(configuration)
    let engine = Engine(backend)
    let (logits, state) = model.logits(
      tokens: Self.tokens, rows: 2, resetMask: nil, state: Self.zeros(configuration),
      on: Tape(engine, recording: recording))
    #expect(
      largestDifference(
        logits.value.values,
        [
          -0.357786, -0.248852, -0.599188, -0.321649, 0.334054, -0.283086, -0.391221, -0.530139, -0.248998, 0.191650,
          -0.395611, -0.094119, -0.717596, -0.356826, 0.487981, -0.309072, -0.343940, -0.551893, -0.274314, 0.238966,
          -0.377875, -0.121740, -0.707443, -0.339457, 0.460290, -0.347731, -0.205346, -0.653171, -0.310648, 0.376930,
        ]) < 1e-5)
    #expect(
      largestDifference(
        state.layers[0].hidden.values, [-0.479618, -0.342073, 0.132411, -0.387837, -0.227412, 0.070862]) < 1e-5)
    #expect(
      largestDifference(
        state.layers[0].cell?.values ?? [], [-0.886725, -0.520406, 0.205649, -0.652283, -0.328679, 0.109307]) < 1e-5)

    let (_, next) = model.logits(
      tokens: [1, 4], rows: 2, resetMask: [0, 1], state: state, on: Tape(engine, recording: recording))
    #expect(
      largestDifference(
        next.layers[0].hidden.values, [-0.521784, -0.324686, 0.153139, -0.140429, -0.039530, -0.016595]) < 1e-5)
    #expect(
      largestDifference(
        next.layers[0].cell?.values ?? [], [-0.984053, -0.509872, 0.251658, -0.248734, -0.054516, -0.022314]) < 1e-5)
  }

  @Test(arguments: MatrixBackendKind.allCases)
  func lossAndGradientNorms(backend: MatrixBackendKind) throws {
    let configuration = Self.configuration(.multiplicativeLSTM)
    let model = try referenceModel(configuration)
    let tape = Tape(Engine(backend), recording: true)
    let (logits, _) = model.logits(
      tokens: Self.tokens, rows: 2, resetMask: nil, state: Self.zeros(configuration), on: tape)
    let loss = softmaxCrossEntropy(logits, targets: Self.targets, on: tape)
    #expect(abs(loss.value - 1.644229) < 1e-5)
    tape.backward(from: loss.variable)
    let expected = [
      0.05764803, 0.10057884, 0.23754866, 0.04323602, 0.00081438, 0.04971920, 0.04971920, 0.00063848, 0.00080839,
    ]
    for (parameter, value) in zip(model.parameters, expected) {
      #expect(abs(norm(parameter.variable.gradient) - value) < 1e-6, "\(parameter.path)")
    }
    let total = model.parameters.reduce(0) { $0 + norm($1.variable.gradient) * norm($1.variable.gradient) }
    #expect(abs(total.squareRoot() - 0.27691848) < 1e-6)
    let recurrent = model.parameters[4].variable.gradient?.values ?? []
    #expect(largestDifference(Array(recurrent.prefix(3)), [1.686e-05, 1.345e-04, -4.263e-05]) < 1e-7)
    let multiplier = model.parameters[8].variable.gradient?.values ?? []
    #expect(largestDifference(Array(multiplier.prefix(3)), [5.70e-06, -5.338e-05, 9.095e-05]) < 1e-7)
  }

  @Test func maskedPositionsLeaveTheMean() throws {
    let configuration = Self.configuration(.multiplicativeLSTM)
    let model = try referenceModel(configuration)
    let tape = Tape(Engine(), recording: false)
    let (logits, _) = model.logits(
      tokens: Self.tokens, rows: 2, resetMask: nil, state: Self.zeros(configuration), on: tape)
    let loss = softmaxCrossEntropy(logits, targets: Self.targets, mask: [1, 1, 1, 1, 1, 0], on: tape)
    #expect(abs(loss.value - 1.643479) < 1e-5)
    #expect(loss.weight == 5)
  }

  @Test func gradientNormsWithWeightNormalization() throws {
    let configuration = Self.configuration(.multiplicativeLSTM, normalized: true)
    let model = try referenceModel(configuration)
    let tape = Tape(Engine(), recording: true)
    let (logits, _) = model.logits(
      tokens: Self.tokens, rows: 2, resetMask: nil, state: Self.zeros(configuration), on: tape)
    let loss = softmaxCrossEntropy(logits, targets: Self.targets, on: tape)
    #expect(abs(loss.value - 1.644229) < 1e-5)
    tape.backward(from: loss.variable)
    let expected = [
      "inputWeight.gain": 0.03485489, "inputWeight.direction": 0.02558301, "hiddenWeight.gain": 0.00033304,
      "hiddenWeight.direction": 0.00074317, "multiplierInputWeight.gain": 0.00051333,
      "multiplierInputWeight.direction": 0.00037967, "multiplierHiddenWeight.gain": 0.00064235,
      "multiplierHiddenWeight.direction": 0.00049079,
    ]
    for (name, value) in expected {
      let parameter = model.parameters.first { $0.path.hasSuffix("." + name) }
      #expect(abs(norm(parameter?.variable.gradient) - value) < 1e-6, "\(name)")
    }
  }

  @Test func mergedDirectionAndGain() {
    let tape = Tape(Engine(), recording: false)
    let direction = Variable(
      Tensor([0.427380, -0.255541, -0.818277, -0.996165, -0.705540, -0.083089], shape: [2, 3]))
    let gain = Variable(Tensor([1.983330, 1.350926], shape: [2, 1]))
    let weight = normalizeWeight(direction: direction, gain: gain, on: tape)
    #expect(
      largestDifference(
        weight.value.values, [0.884908, -0.529109, -1.694278, -1.099884, -0.779000, -0.091741]) < 2e-6)
  }

  static let otherCells: [(CellKind, [Double], [Double])] = [
    (
      .lstm, [-0.501781, -0.343998, 0.244338, -0.389751, -0.266424, 0.115849],
      [-0.868772, -0.609279, 0.367255, -0.638235, -0.409261, 0.175285]
    ),
    (.gru, [-0.513299, -0.589966, 0.242145, -0.400803, -0.382486, 0.087053], []),
    (.relu, [0.513296, 2.127301, 0, 0.636613, 1.900558, 0], []),
  ]

  @Test(arguments: otherCells)
  func otherCellsFinalStates(kind: CellKind, hidden: [Double], cell: [Double]) throws {
    let configuration = Self.configuration(kind)
    let model = try referenceModel(configuration)
    for recording in [true, false] {
      let (_, state) = model.logits(
        tokens: Self.tokens, rows: 2, resetMask: nil, state: Self.zeros(configuration),
        on: Tape(Engine(), recording: recording))
      #expect(largestDifference(state.layers[0].hidden.values, hidden) < 1e-5)
      #expect(largestDifference(state.layers[0].cell?.values ?? [], cell) < 1e-5)
    }
  }

  @Test func secondLayerReadsTheFirst() throws {
    let configuration = Self.configuration(.multiplicativeLSTM, layers: 2)
    let model = try referenceModel(configuration)
    let (_, state) = model.logits(
      tokens: Self.tokens, rows: 2, resetMask: nil, state: Self.zeros(configuration),
      on: Tape(Engine(), recording: false))
    #expect(
      largestDifference(
        state.layers[1].hidden.values, [-0.436715, -0.388291, -0.148646, -0.462330, -0.385452, -0.114436]) < 1e-5)
    #expect(
      largestDifference(
        state.layers[1].cell?.values ?? [], [-0.712406, -0.657053, -0.240585, -0.803227, -0.641778, -0.179856]) < 1e-5)
  }

  @Test func parameterCounts() {
    #expect(LanguageModelConfiguration().parameterCount == 86_298_945)
    #expect(LanguageModelConfiguration(vocabularySize: 256).parameterCount == 86_294_784)
    #expect(LanguageModelConfiguration(hiddenSize: 8192).parameterCount == 340_353_345)
    #expect(LanguageModelConfiguration(cell: .lstm, hiddenSize: 512).parameterCount == 1_332_033)
    #expect(LanguageModelConfiguration(cell: .lstm).parameterCount == 69_259_585)
    #expect(LanguageModelConfiguration(cell: .gru).parameterCount == 52_212_033)
  }

  @Test func countMatchesTheModelBuilt() throws {
    for kind in CellKind.allCases {
      let configuration = LanguageModelConfiguration(
        cell: kind, embeddingSize: 7, hiddenSize: 12, layerCount: 2, usesWeightNormalization: false)
      let built = try LanguageModel(configuration).parameters.reduce(0) { $0 + $1.variable.value.count }
      #expect(built == configuration.parameterCount, "\(kind)")
    }
  }
}
