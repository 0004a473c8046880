/// The optimizers to choose from with `--optim`, under the names they have in PyTorch; LAMB under its paper's.
public enum OptimizerKind: String, Sendable, Codable, CaseIterable {
  /// Adaptive moments with bias correction; the default.
  case adam = "Adam"
  /// Adam with decoupled weight decay.
  case adamW = "AdamW"
  /// Stochastic gradient descent, plain or with momentum.
  case sgd = "SGD"
  /// Rates that fall with the sum of squared gradients.
  case adagrad = "Adagrad"
  /// Steps scaled by earlier steps.
  case adadelta = "Adadelta"
  /// Gradients over their running root mean square.
  case rmsProp = "RMSprop"
  /// Adam with the infinity norm.
  case adamax = "Adamax"
  /// Adam with a trust ratio for each array, for large batches.
  case lamb = "LAMB"

  /// Reads a name in any case.
  public init?(named name: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else { return nil }
    self = kind
  }

  /// Whether the rule has a momentum to choose.
  public var takesMomentum: Bool { self == .sgd || self == .rmsProp }
}
