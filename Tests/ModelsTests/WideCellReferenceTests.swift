import Foundation
import Models
import Tensors
import Testing

/// Every cell at 37 hidden units, beyond every vector's width and a multiple of none, against PyTorch's own cells; see
/// `Golden/cells.py`.
@Suite struct WideCellReferenceTests {
  struct Golden: Decodable {
    struct Gradient: Decodable {
      var norm: Double
      var last: [Double]
    }

    var loss: Double
    var logits: [Double]
    var hidden: [Double]
    var cell: [Double]
    var gradients: [String: Gradient]
  }

  static func golden(_ kind: CellKind) throws -> Golden {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/cells.json")
    let all = try JSONDecoder().decode([String: Golden].self, from: Data(contentsOf: path))
    return try #require(all[kind.rawValue])
  }

  static func configuration(_ kind: CellKind) -> LanguageModelConfiguration {
    LanguageModelConfiguration(
      cell: kind, vocabularySize: 11, embeddingSize: 7, hiddenSize: 37, layerCount: 2, usesWeightNormalization: false)
  }

  static let tokens = (0..<18).map { Int32(7 * $0 % 11) }
  static let resets = (0..<18).map { Float($0 == 3 * 3 + 1 ? 1 : 0) }

  @Test(arguments: CellKind.allCases, MatrixBackendKind.allCases)
  func lossStatesAndGradients(kind: CellKind, backend: MatrixBackendKind) throws {
    let golden = try Self.golden(kind)
    let model = try referenceModel(Self.configuration(kind), amplitude: 0.2)
    let tape = Tape(Engine(backend), recording: true)
    let (logits, state) = model.logits(
      tokens: Self.tokens, rows: 3, resetMask: Self.resets,
      state: RecurrentState(zerosFor: 3, configuration: model.configuration), on: tape)
    #expect(largestDifference(Array(logits.value.values.suffix(11)), golden.logits) < 1e-5)
    #expect(largestDifference(state.layers[1].hidden.values, golden.hidden) < 1e-5)
    #expect(largestDifference(state.layers[1].cell?.values ?? [], golden.cell) < 1e-5)
    let targets = (0..<18).map { Int32(5 * $0 % 11) }
    let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: targets, on: tape)
    #expect(abs(loss.value - golden.loss) < 1e-5)
    tape.backward(from: loss.variable)
    #expect(model.parameters.count == golden.gradients.count)
    for parameter in model.parameters {
      let expected = try #require(golden.gradients[referenceName(parameter.path)], "\(parameter.path)")
      let gradient = try #require(parameter.variable.gradient, "\(parameter.path)")
      #expect(abs(norm(gradient) - expected.norm) < 1e-4 * expected.norm + 1e-6, "\(parameter.path)")
      #expect(largestDifference(Array(gradient.values.suffix(5)), expected.last) < 1e-5, "\(parameter.path)")
    }
  }

  @Test(arguments: CellKind.allCases, Precision.allCases)
  func evaluationInEveryPrecision(kind: CellKind, precision: Precision) throws {
    let golden = try Self.golden(kind)
    let model = try referenceModel(Self.configuration(kind), amplitude: 0.2)
    let encoded = model.encode(
      tokens: Self.tokens, rows: 3, resetMask: Self.resets,
      state: RecurrentState(zerosFor: 3, configuration: model.configuration), engine: Engine(precision: precision))
    // States of max(0, z) are not bounded, and neither are their errors.
    let bound = (precision == .float32 ? 1e-5 : precision == .float16 ? 2e-3 : 2e-2) * (kind == .relu ? 4 : 1)
    #expect(largestDifference(encoded.state.layers[1].hidden.values, golden.hidden) < bound)
    #expect(largestDifference(Array((encoded.layers[1].cell?.values ?? []).suffix(111)), golden.cell) < 2 * bound)
  }
}
