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

  /// Whether the recurrent product reads `(x W_mx) ⊙ (h W_mh)` instead of h.
  public var isMultiplicative: Bool { self == .multiplicativeLSTM }

  /// Whether there is a cell state besides the hidden state.
  public var hasCellState: Bool { cell.hasCellState }

  /// Blocks of H rows stacked in `w_ih` and `w_hh`: four for LSTM, three for GRU, one otherwise.
  public var gateBlocks: Int { cell.gateBlocks }

  var cell: any RecurrentCell {
    switch self {
    case .multiplicativeLSTM, .lstm: LSTMCell()
    case .gru: GRUCell()
    case .relu: ElmanCell(activation: .relu)
    case .tanh: ElmanCell(activation: .tanh)
    }
  }
}
