import Tensors

/// What one layer carries from step to step.
public struct LayerState {
  /// Hidden state h, `[B, H]`.
  public var hidden: Tensor
  /// Cell state c, `[B, H]`; `nil` for cells without one.
  public var cell: Tensor?

  /// Names a layer's states.
  public init(hidden: Tensor, cell: Tensor?) {
    self.hidden = hidden
    self.cell = cell
  }

  /// A state of its own storage with the same numbers.
  public func copied() -> LayerState { LayerState(hidden: hidden.copied(), cell: cell?.copied()) }
}

/// The state of all layers, bottom to top.
public struct RecurrentState {
  /// One state a layer.
  public var layers: [LayerState]

  /// Names the layers' states.
  public init(layers: [LayerState]) {
    self.layers = layers
  }

  /// Zeros for `rows` texts.
  public init(zerosFor rows: Int, configuration: LanguageModelConfiguration) {
    layers = (0..<configuration.layerCount).map { _ in
      LayerState(
        hidden: Tensor(zeros: [rows, configuration.hiddenSize]),
        cell: configuration.cell.hasCellState ? Tensor(zeros: [rows, configuration.hiddenSize]) : nil)
    }
  }

  /// Number of texts the state is for.
  public var rowCount: Int { layers.first?.hidden.rowCount ?? 0 }

  /// A state of its own storage with the same numbers.
  public func copied() -> RecurrentState {
    RecurrentState(layers: layers.map { $0.copied() })
  }
}
