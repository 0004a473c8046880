/// Which numbers of a text's states become its feature vector.
public struct FeatureSelection: Sendable, Codable, Equatable {
  /// A state of the recurrent layers.
  public enum State: String, Sendable, Codable {
    /// The cell state c; for cells without one, h.
    case cell
    /// The hidden state h.
    case hidden
  }

  /// An element-wise summary over the steps of a text.
  public enum Pool: String, Sendable, Codable, CaseIterable {
    /// Largest value.
    case maximum
    /// Smallest value.
    case minimum
    /// Mean value.
    case mean
  }

  /// The state to read; the cell state by default.
  public var state: State
  /// Whether all layers are read, bottom to top, instead of the top one.
  public var allLayers: Bool
  /// Summaries appended behind the last step's state, in the order maximum, minimum, mean.
  public var pools: [Pool]

  /// Names the selection.
  public init(state: State = .cell, allLayers: Bool = false, pools: [Pool] = []) {
    self.state = state
    self.allLayers = allLayers
    self.pools = Pool.allCases.filter(pools.contains)
  }

  /// Layers read from a model.
  public func layers(of configuration: LanguageModelConfiguration) -> Range<Int> {
    allLayers ? 0..<configuration.layerCount : configuration.layerCount - 1..<configuration.layerCount
  }

  /// Features that are the top layer's state after the last step: column `lowerBound + j` is neuron j.
  public func columnsOfTopLayer(in configuration: LanguageModelConfiguration) -> Range<Int> {
    let start = configuration.hiddenSize * (layers(of: configuration).count - 1)
    return start..<start + configuration.hiddenSize
  }

  /// Width of the feature vector: `H · layers · (1 + pools)`.
  public func width(for configuration: LanguageModelConfiguration) -> Int {
    configuration.hiddenSize * layers(of: configuration).count * (1 + pools.count)
  }
}
