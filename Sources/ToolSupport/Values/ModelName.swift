/// The recurrent architectures, as named on the command line.
public enum ModelName: String, NamedChoice {
  /// Multiplicative long short-term memory.
  case multiplicativeLSTM = "mLSTM"
  /// Long short-term memory.
  case longShortTermMemory = "LSTM"
  /// Gated recurrent unit.
  case gatedRecurrentUnit = "GRU"
  /// Plain recurrent network with rectified linear units.
  case rectifiedLinear = "ReLU"
  /// Plain recurrent network with hyperbolic tangent.
  case hyperbolicTangent = "Tanh"

  /// `RNNReLU` and `RNNTanh` in any case.
  public static let alternatives: [String: ModelName] = [
    "rnnrelu": .rectifiedLinear, "rnntanh": .hyperbolicTangent,
  ]
}
