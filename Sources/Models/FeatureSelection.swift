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
  /// Whether a text's last token is left out, as by the classifiers of the original toolkit; false by default.
  public var skipsLastToken: Bool

  /// Names the selection.
  public init(state: State = .cell, allLayers: Bool = false, pools: [Pool] = [], skipsLastToken: Bool = false) {
    self.skipsLastToken = skipsLastToken
    self.state = state
    self.allLayers = allLayers
    self.pools = Pool.allCases.filter(pools.contains)
  }

  /// Reads a selection, its pools in any order; files of format version 1 always read the last token.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      state: try container.decode(State.self, forKey: .state),
      allLayers: try container.decode(Bool.self, forKey: .allLayers),
      pools: try container.decode([Pool].self, forKey: .pools),
      skipsLastToken: try container.decodeIfPresent(Bool.self, forKey: .skipsLastToken) ?? false)
  }

  /// Layers read from a model.
  public func layers(of configuration: LanguageModelConfiguration) -> Range<Int> {
    allLayers ? 0..<configuration.layerCount : configuration.layerCount - 1..<configuration.layerCount
  }

  /// Columns of the feature vector that come from neuron `neuron` of the top layer: its state and its pools.
  public func columns(ofNeuron neuron: Int, in configuration: LanguageModelConfiguration) -> [Int] {
    let blockWidth = configuration.hiddenSize * layers(of: configuration).count
    let top = blockWidth - configuration.hiddenSize
    return (0...pools.count).map { $0 * blockWidth + top + neuron }
  }

  /// Width of the feature vector: `H · layers · (1 + pools)`.
  public func width(for configuration: LanguageModelConfiguration) -> Int {
    configuration.hiddenSize * layers(of: configuration).count * (1 + pools.count)
  }
}
