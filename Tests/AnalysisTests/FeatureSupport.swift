import Corpora
import Foundation
import Models
import Tensors

@testable import Analysis

/// An initialised byte model, small enough to be run token by token.
func tinyModel(_ cell: CellKind = .multiplicativeLSTM, layers: Int = 1, hidden: Int = 7) throws -> LanguageModel {
  let model = try LanguageModel(
    LanguageModelConfiguration(
      cell: cell, embeddingSize: 5, hiddenSize: hidden, layerCount: layers, dropout: 0.5,
      usesWeightNormalization: false))
  model.initialize(seed: 11)
  return model
}

/// Texts of these lengths in bytes, all bytes occurring.
func texts(ofLengths lengths: [Int]) -> CleanedTexts {
  var generator = SeededGenerator(seed: 21)
  var store = TextStore()
  for length in lengths { store.append((0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }) }
  return CleanedTexts(store, cleaning: .none)
}

/// Features as the specification says them: one text after the other, one token at a time.
func naiveFeatures(
  _ model: LanguageModel, _ selection: FeatureSelection, _ texts: CleanedTexts, maximumLength: Int? = nil,
  warmupPasses: Int = 0
) throws -> [[Float]] {
  let engine = Engine()
  return try (0..<texts.count).map { index in
    var tokens = try texts.tokens(at: index)
    if let maximumLength { tokens = Array(tokens.prefix(maximumLength)) }
    if tokens.isEmpty { tokens = [0] }
    var state = RecurrentState(zerosFor: 1, configuration: model.configuration)
    var steps: [[Float]] = []
    for _ in 0...warmupPasses {
      steps = tokens.map { token in
        state = model.encode(tokens: [token], rows: 1, resetMask: nil, state: state, engine: engine).state
        let read = selection.allLayers ? state.layers : state.layers.suffix(1)
        return read.flatMap { selection.state == .hidden ? $0.hidden.values : ($0.cell ?? $0.hidden).values }
      }
    }
    let columns = steps[0].indices
    return (steps.last ?? [])
      + selection.pools.flatMap { pool in
        columns.map { column in
          let values = steps.map { $0[column] }
          return switch pool {
          case .maximum: values.max() ?? 0
          case .minimum: values.min() ?? 0
          case .mean: values.reduce(0, +) / Float(values.count)
          }
        }
      }
  }
}

func isClose(
  _ found: FeatureMatrix, _ expected: [[Float]], tolerance: Float = 1e-5
) -> Bool {
  let values = expected.flatMap { $0 }
  return found.rows == expected.count && found.values.count == values.count
    && zip(found.values, values).allSatisfy { abs($0 - $1) < tolerance }
}
