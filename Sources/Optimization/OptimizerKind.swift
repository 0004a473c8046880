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

  /// The weight decay where none is chosen: 0.01 for AdamW and LAMB, 0 for the others.
  public var defaultWeightDecay: Double {
    switch self {
    case .adamW: AdamW.defaultWeightDecay
    case .lamb: LAMB.defaultWeightDecay
    default: 0
    }
  }

  /// The rule with its default settings.
  ///
  /// - Parameters:
  ///   - weightDecay: `nil` for ``defaultWeightDecay``.
  ///   - momentum: of SGD and RMSprop; 0 by default. Other rules have none.
  ///   - isNesterov: whether SGD's momentum looks ahead.
  public func makeOptimizer(
    weightDecay: Double? = nil, momentum: Double = 0, isNesterov: Bool = false
  ) -> any Optimizer {
    let decay = weightDecay ?? defaultWeightDecay
    switch self {
    case .adam: return Adam(weightDecay: decay)
    case .adamW: return AdamW(weightDecay: decay)
    case .sgd:
      return momentum > 0
        ? MomentumGradientDescent(momentum: momentum, isNesterov: isNesterov, weightDecay: decay)
        : StochasticGradientDescent(weightDecay: decay)
    case .adagrad: return Adagrad(weightDecay: decay)
    case .adadelta: return Adadelta(weightDecay: decay)
    case .rmsProp: return RMSProp(momentum: momentum, weightDecay: decay)
    case .adamax: return Adamax(weightDecay: decay)
    case .lamb: return LAMB(weightDecay: decay)
    }
  }
}
