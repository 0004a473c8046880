import Corpora
import Foundation
import Models
import Tensors
import Testing

@testable import Analysis

/// The specification's numbers for V 5, E 2, H 3: tokens 1 2 3 2 4 and 4 1 3, of which the originals read all but the last.
@Suite struct FeatureReferenceTests {
  /// Element i (from 1) of parameter number s is `0.5 · sin(0.7 i + s)`.
  static func values(_ count: Int, number: Int) -> [Float] {
    (1...count).map { Float(0.5 * sin(0.7 * Double($0) + Double(number))) }
  }

  static func model() throws -> LanguageModel {
    let order = [
      "embedding.weight", "inputWeight", "hiddenWeight", "inputBias", "hiddenBias", "multiplierInputWeight",
      "multiplierHiddenWeight", "decoder.weight", "decoder.bias",
    ]
    let model = try LanguageModel(
      LanguageModelConfiguration(vocabularySize: 5, embeddingSize: 2, hiddenSize: 3, usesWeightNormalization: false))
    for parameter in model.parameters {
      let number = 1 + (order.firstIndex { parameter.path == $0 || parameter.path.hasSuffix("." + $0) } ?? 0)
      parameter.variable.update {
        $0.copy(
          from: Tensor(values(parameter.variable.value.count, number: number), shape: parameter.shape))
      }
    }
    return model
  }

  static let expected: [(FeatureSelection.State, [Double], [Double])] = [
    (
      .cell,
      [
        0.214582, -0.634924, -1.174162, 0.214582, -0.256445, -0.430547, 0.037986, -0.634924, -1.174162, 0.132584,
        -0.469440, -0.841484, -0.033202, -0.344582, -0.573994, -0.033202, -0.126449, -0.214336, -0.111281, -0.344582,
        -0.573994, -0.072242, -0.235515, -0.394165,
      ], [0.603383, 0.522464]
    ),
    (
      .hidden,
      [
        0.067838, -0.291329, -0.503478, 0.067838, -0.114766, -0.231893, 0.012430, -0.291329, -0.503478, 0.041517,
        -0.208963, -0.394707, -0.010883, -0.151333, -0.296340, -0.010883, -0.040685, -0.112423, -0.035431, -0.151333,
        -0.296340, -0.023157, -0.096009, -0.204381,
      ], [0.492529, 0.462014]
    ),
  ]

  @Test(arguments: expected, [1, 2])
  func statePoolsAndHead(
    example: (state: FeatureSelection.State, features: [Double], probabilities: [Double]), rows: Int
  ) throws {
    // Byte b is token b + 1: the tokens 1 2 3 2 and 4 1.
    var store = TextStore()
    store.append([0, 1, 2, 1])
    store.append([3, 0])
    let selection = FeatureSelection(state: example.state, pools: FeatureSelection.Pool.allCases)
    let found = try FeatureExtractor(model: try Self.model(), selection: selection, rows: rows, engine: Engine())
      .features(of: CleanedTexts(store, cleaning: .none))
    #expect(zip(found.values, example.features).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    let head = LinearClassifier(
      weight: Tensor(Self.values(12, number: 10), shape: [1, 12]), bias: Tensor(Self.values(1, number: 11), shape: [1]))
    let probabilities = head.probabilities(of: Tensor(found.values, shape: [2, 12])).map { Double($0[0]) }
    #expect(zip(probabilities, example.probabilities).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
