import Models
import Tensors

/// A rule that moves parameters along their gradients.
///
/// An optimizer is two functions: how many arrays of state a parameter has, and what one step does to the parameter
/// and its state. State arrays have the parameter's shape and start at zero.
public protocol Optimizer: Sendable {
  /// Names of the state arrays, in the order that ``update(_:gradient:state:rate:gradientScale:step:)`` gets them.
  var stateNames: [String] { get }

  /// Moves `parameter` in place.
  ///
  /// - Parameters:
  ///   - gradient: the gradient before `gradientScale` is applied.
  ///   - state: this parameter's state arrays.
  ///   - rate: the learning rate of this step.
  ///   - gradientScale: factor from clipping.
  ///   - step: number of this step, from 1.
  func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int)
}

/// The optimizers to choose from with `--optim`.
public enum OptimizerKind: String, Sendable, Codable, CaseIterable {
  /// Adaptive moments with bias correction; the default.
  case adam = "Adam"
  /// Plain stochastic gradient descent.
  case sgd = "SGD"

  /// Reads a name in any case.
  public init?(named name: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else { return nil }
    self = kind
  }

  /// The rule with its default settings and the given weight decay.
  public func makeOptimizer(weightDecay: Double = 0) -> any Optimizer {
    switch self {
    case .adam: Adam(weightDecay: weightDecay)
    case .sgd: StochasticGradientDescent(weightDecay: weightDecay)
    }
  }
}

/// Adam (Kingma and Ba 2015) with bias correction; weight decay is added to the gradient.
public struct Adam: Optimizer {
  /// Decay of the first moment; 0.9 by default.
  public var beta1 = 0.9
  /// Decay of the second moment; 0.999 by default.
  public var beta2 = 0.999
  /// Added to the root of the second moment; 1e-8 by default.
  public var epsilon = 1e-8
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule with its default settings.
  public init(weightDecay: Double = 0) {
    self.weightDecay = weightDecay
  }

  /// The two moments.
  public let stateNames = ["first_moment", "second_moment"]

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    adamUpdate(
      parameter, gradient: gradient, firstMoment: state[0], secondMoment: state[1], rate: rate, beta1: beta1,
      beta2: beta2, epsilon: epsilon, weightDecay: weightDecay, gradientScale: gradientScale, step: step)
  }
}

/// `p ← p − rate · (g + weightDecay · p)`.
public struct StochasticGradientDescent: Optimizer {
  /// Multiple of the parameter added to its gradient; 0 by default.
  public var weightDecay: Double

  /// Makes the rule.
  public init(weightDecay: Double = 0) {
    self.weightDecay = weightDecay
  }

  /// None: the rule has no memory.
  public let stateNames: [String] = []

  /// Moves `parameter` in place by the rule above.
  public func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int
  ) {
    scaleAdd(
      gradient, by: Float(-rate * gradientScale), to: parameter, keeping: Float(1 - rate * weightDecay))
  }
}
