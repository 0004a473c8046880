/// The recurrent cells to choose from with `--model`.
public enum CellKind: String, Sendable, Codable, CaseIterable {
  /// Multiplicative LSTM (Krause et al. 2016): the LSTM's hidden state is replaced by `(x W_mx) ⊙ (h W_mh)`.
  case multiplicativeLSTM = "mLSTM"
  /// Long short-term memory (Hochreiter and Schmidhuber 1997).
  case lstm = "LSTM"
  /// Gated recurrent unit (Cho et al. 2014).
  case gru = "GRU"
  /// Simple recurrent cell with `max(0, ·)`.
  case relu = "ReLU"
  /// Simple recurrent cell with tanh (Elman 1990).
  case tanh = "Tanh"

  /// Reads a name in any case, also `RNNTanh` and `RNNReLU`.
  public init?(named name: String) {
    let lowered = name.lowercased()
    let plain = lowered.hasPrefix("rnn") ? String(lowered.dropFirst(3)) : lowered
    guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == plain }) else { return nil }
    self = kind
  }

  /// Whether there is a cell state besides the hidden state.
  public var hasCellState: Bool { cell.hasCellState }

  /// Blocks of H rows that the gates are computed in: four for LSTM, three for GRU, one otherwise.
  public var gateBlocks: Int { cell.projections[0].blocks }

  /// Blocks of H rows of all matrices that a step multiplies by.
  public var hiddenBlocks: Int { cell.projections.reduce(0) { $0 + $1.blocks } }

  /// Names of a layer's arrays with matrices stored as they are, as they stand in paths.
  public var arrayNames: [String] {
    cell.projections.flatMap { projection in
      [projection.weights, projection.biases].compactMap { $0 }.flatMap { [$0.input, $0.hidden] }
    }
  }

  var cell: any RecurrentCell {
    switch self {
    case .multiplicativeLSTM: MultiplicativeLSTMCell()
    case .lstm: LSTMCell()
    case .gru: GRUCell()
    case .relu: ElmanCell(activation: .relu)
    case .tanh: ElmanCell(activation: .tanh)
    }
  }
}
