import Models
import Tensors

/// The states of one chunk that features are read from.
struct FeatureSource {
  private let layers: [Tensor]
  private let rows: Int

  init(
    _ states: [LayerState], _ selection: FeatureSelection, _ configuration: LanguageModelConfiguration, rows: Int
  ) {
    layers = selection.layers(of: configuration).map { layer in
      selection.state == .hidden ? states[layer].hidden : states[layer].cell ?? states[layer].hidden
    }
    self.rows = rows
  }

  /// The selected states of a row after a step, layers bottom to top.
  func withState(step: Int, row: Int, _ body: (_ layer: Int, UnsafeBufferPointer<Float>) -> Void) {
    for (index, layer) in layers.enumerated() {
      layer.rows(step * rows + row, count: 1).withUnsafeElements { body(index, $0) }
    }
  }
}

/// A row's pools over the text it is reading.
struct PooledFeatures {
  private let selection: FeatureSelection
  private let width: Int
  private let layerWidth: Int
  private var maxima: [Float]
  private var minima: [Float]
  private var sums: [Double]
  private var count = 0

  init(_ selection: FeatureSelection, _ configuration: LanguageModelConfiguration) {
    self.selection = selection
    layerWidth = configuration.hiddenSize
    width = layerWidth * selection.layers(of: configuration).count
    maxima = selection.pools.contains(.maximum) ? [Float](repeating: -.infinity, count: width) : []
    minima = selection.pools.contains(.minimum) ? [Float](repeating: .infinity, count: width) : []
    sums = selection.pools.contains(.mean) ? [Double](repeating: 0, count: width) : []
  }

  /// Reads a row's segments and hands over the vector of each text that ends.
  mutating func read(
    _ segments: [Segment], from source: FeatureSource, row: Int, finish: (_ text: Int, _ vector: [Float]) -> Void
  ) {
    for segment in segments {
      if segment.begins { restart() }
      if !selection.pools.isEmpty {
        for step in segment.scored { add(source, step: step, row: row) }
      }
      if segment.ends { finish(segment.text, vector(source, step: segment.steps.upperBound - 1, row: row)) }
    }
  }

  private mutating func restart() {
    count = 0
    for i in maxima.indices { maxima[i] = -.infinity }
    for i in minima.indices { minima[i] = .infinity }
    for i in sums.indices { sums[i] = 0 }
  }

  private mutating func add(_ source: FeatureSource, step: Int, row: Int) {
    count += 1
    // Plain loops over unchecked buffers, which the compiler turns into vector code; they run for every token.
    maxima.withUnsafeMutableBufferPointer { maxima in
      minima.withUnsafeMutableBufferPointer { minima in
        sums.withUnsafeMutableBufferPointer { sums in
          source.withState(step: step, row: row) { layer, state in
            let base = layer * layerWidth
            if !maxima.isEmpty {
              for j in state.indices where state[j] > maxima[base + j] { maxima[base + j] = state[j] }
            }
            if !minima.isEmpty {
              for j in state.indices where state[j] < minima[base + j] { minima[base + j] = state[j] }
            }
            if !sums.isEmpty { for j in state.indices { sums[base + j] += Double(state[j]) } }
          }
        }
      }
    }
  }

  private func vector(_ source: FeatureSource, step: Int, row: Int) -> [Float] {
    var vector: [Float] = []
    vector.reserveCapacity(width * (1 + selection.pools.count))
    source.withState(step: step, row: row) { vector.append(contentsOf: $1) }
    vector += maxima
    vector += minima
    vector += sums.map { Float($0 / Double(max(count, 1))) }
    return vector
  }
}
