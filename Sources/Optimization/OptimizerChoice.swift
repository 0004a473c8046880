/// An optimizer with the settings that its rule has, and no others.
///
/// Weight decay is 0 by default, and 0.01 for AdamW (as in PyTorch) and LAMB (as in its paper).
public enum OptimizerChoice: Sendable, Codable, Equatable {
  /// Adaptive moments with bias correction; decay is a part of the gradient.
  case adam(weightDecay: Double = 0)
  /// Adam with decoupled weight decay.
  case adamW(weightDecay: Double = 0.01)
  /// Gradient descent; momentum is the share of the last step that is kept, and may look ahead.
  case sgd(momentum: Double = 0, isNesterov: Bool = false, weightDecay: Double = 0)
  /// Rates that fall with the sum of squared gradients.
  case adagrad(weightDecay: Double = 0)
  /// Steps scaled by earlier steps.
  case adadelta(weightDecay: Double = 0)
  /// Gradients over their running root mean square, with or without momentum.
  case rmsProp(momentum: Double = 0, weightDecay: Double = 0)
  /// Adam with the infinity norm.
  case adamax(weightDecay: Double = 0)
  /// Adam with a trust ratio for each array.
  case lamb(weightDecay: Double = 0.01)

  /// The optimizer of a name.
  ///
  /// - Parameters:
  ///   - weightDecay: `nil` for the optimizer's own default.
  ///   - momentum: of SGD and RMSprop; others have none, and it is left out.
  ///   - isNesterov: whether SGD's momentum looks ahead.
  public init(_ kind: OptimizerKind, weightDecay: Double? = nil, momentum: Double = 0, isNesterov: Bool = false) {
    switch kind {
    case .adam: self = weightDecay.map { .adam(weightDecay: $0) } ?? .adam()
    case .adamW: self = weightDecay.map { .adamW(weightDecay: $0) } ?? .adamW()
    case .sgd: self = .sgd(momentum: momentum, isNesterov: isNesterov, weightDecay: weightDecay ?? 0)
    case .adagrad: self = weightDecay.map { .adagrad(weightDecay: $0) } ?? .adagrad()
    case .adadelta: self = weightDecay.map { .adadelta(weightDecay: $0) } ?? .adadelta()
    case .rmsProp: self = .rmsProp(momentum: momentum, weightDecay: weightDecay ?? 0)
    case .adamax: self = weightDecay.map { .adamax(weightDecay: $0) } ?? .adamax()
    case .lamb: self = weightDecay.map { .lamb(weightDecay: $0) } ?? .lamb()
    }
  }

  /// The optimizer's name.
  public var kind: OptimizerKind {
    switch self {
    case .adam: .adam
    case .adamW: .adamW
    case .sgd: .sgd
    case .adagrad: .adagrad
    case .adadelta: .adadelta
    case .rmsProp: .rmsProp
    case .adamax: .adamax
    case .lamb: .lamb
    }
  }

  /// The pull towards zero.
  public var weightDecay: Double { makeOptimizer().weightDecay }

  /// The share of the last step that is kept; 0 where the rule has no momentum.
  public var momentum: Double {
    switch self {
    case .sgd(let momentum, _, _), .rmsProp(let momentum, _): momentum
    default: 0
    }
  }

  /// Whether momentum looks ahead.
  public var isNesterov: Bool { if case .sgd(_, true, _) = self { true } else { false } }

  /// The rule with these settings.
  public func makeOptimizer() -> any Optimizer {
    switch self {
    case .adam(let decay): return Adam(weightDecay: decay)
    case .adamW(let decay): return Adam(weightDecay: decay, decay: .decoupled)
    case .sgd(let momentum, let isNesterov, let decay):
      return momentum > 0
        ? MomentumGradientDescent(momentum: momentum, isNesterov: isNesterov, weightDecay: decay)
        : StochasticGradientDescent(weightDecay: decay)
    case .adagrad(let decay): return Adagrad(weightDecay: decay)
    case .adadelta(let decay): return Adadelta(weightDecay: decay)
    case .rmsProp(let momentum, let decay): return RMSProp(momentum: momentum, weightDecay: decay)
    case .adamax(let decay): return Adamax(weightDecay: decay)
    case .lamb(let decay): return LAMB(weightDecay: decay)
    }
  }
}

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
