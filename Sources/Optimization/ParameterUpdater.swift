import Models
import Tensors

/// Applies an optimizer to all parameters of a model and keeps its state.
///
/// It is the half-precision wrapper of any optimizer as well: values, gradients and state are float32, gradients come
/// multiplied by ``lossScale``, and a step whose gradients are not finite is skipped.
public final class ParameterUpdater {
  /// The rule.
  public let optimizer: any Optimizer
  /// The parameters, in the order of ``state``.
  public let parameters: [NamedParameter]
  /// State arrays of each parameter; none for a frozen one.
  public private(set) var state: [[Tensor]]
  /// Steps that moved the parameters.
  public package(set) var stepCount = 0
  /// Steps left out because a gradient was not finite.
  public package(set) var skippedCount = 0
  /// What the gradients were multiplied by.
  public package(set) var lossScale: LossScale
  /// The rule of each parameter, with its group's weight decay.
  private let rules: [any Optimizer]
  /// What the learning rate of each parameter is multiplied by.
  private let rateFactors: [Double]

  /// Starts with zero state.
  public convenience init(_ optimizer: any Optimizer, parameters: [NamedParameter], lossScale: LossScale = .none) {
    self.init(optimizer, parameters: parameters, assigned: parameters.map { _ in nil }, lossScale: lossScale)
  }

  /// Starts with zero state, and freezes the parameters of frozen groups.
  ///
  /// - Parameter groups: a parameter belongs to the first that has its path, or to none.
  /// - Throws: ``OptimizationError`` for a group without parameters or with settings that make no sense.
  public convenience init(
    _ optimizer: any Optimizer, parameters: [NamedParameter], groups: [ParameterGroup], lossScale: LossScale = .none
  ) throws {
    let assigned = try ParameterGroup.assign(groups, to: parameters)
    self.init(optimizer, parameters: parameters, assigned: assigned, lossScale: lossScale)
  }

  private init(
    _ optimizer: any Optimizer, parameters: [NamedParameter], assigned: [ParameterGroup?], lossScale: LossScale
  ) {
    for (parameter, group) in zip(parameters, assigned) where group?.isFrozen == true { parameter.isFrozen = true }
    self.optimizer = optimizer
    self.parameters = parameters
    self.lossScale = lossScale
    rules = assigned.map { group in
      var rule = optimizer
      if let decay = group?.weightDecay { rule.weightDecay = decay }
      return rule
    }
    rateFactors = assigned.map { $0?.rateFactor ?? 1 }
    state = parameters.map { $0.isFrozen ? [] : Self.zeroState(of: $0, optimizer) }
  }

  private static func zeroState(of parameter: NamedParameter, _ optimizer: any Optimizer) -> [Tensor] {
    optimizer.stateNames.map { _ in Tensor(zeros: parameter.shape) }
  }

  /// The Euclidean norm of all gradients together, as they are: multiplied by the loss scale.
  public var gradientNorm: Double {
    parameters.reduce(0) { $0 + ($1.variable.gradient.map(squaredNorm) ?? 0) }.squareRoot()
  }

  /// Takes one step and clears the gradients.
  ///
  /// Gradients are divided by the loss scale; then, with `clip` above 0, multiplied by `min(1, clip / (norm + 1e-6))`,
  /// norm being that of all of them. When the norm is not finite, parameters and state stay as they are and the step
  /// counts as skipped. Either way the loss scale takes note.
  ///
  /// - Returns: the norm before clipping, of the gradients divided by the loss scale.
  @discardableResult
  public func step(rate: Double, clip: Double) -> Double {
    let unscale = 1 / lossScale.value
    let norm = gradientNorm * unscale
    guard norm.isFinite else {
      skip()
      return norm
    }
    let scale = (clip > 0 ? min(1, clip / (norm + 1e-6)) : 1) * unscale
    stepCount += 1
    for (index, parameter) in parameters.enumerated() {
      guard let gradient = parameter.variable.gradient else { continue }
      // One that was frozen when the run began, and is not any more.
      if state[index].isEmpty { state[index] = Self.zeroState(of: parameter, optimizer) }
      parameter.variable.update {
        rules[index].update(
          $0, gradient: gradient, state: state[index], rate: rate * rateFactors[index], gradientScale: scale,
          step: stepCount)
      }
      parameter.variable.clearGradient()
    }
    lossScale.update(overflowed: false)
    return norm
  }

  /// Leaves out a step: drops the gradients and lets the loss scale fall.
  public func skip() {
    for parameter in parameters { parameter.variable.clearGradient() }
    lossScale.update(overflowed: true)
    if lossScale.skipsOverflows { skippedCount += 1 }
  }
}
