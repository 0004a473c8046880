import Models
import Tensors

/// A rule that moves parameters along their gradients.
///
/// An optimizer is two functions: how many arrays of state a parameter has, and what one step does to the parameter
/// and its state. State arrays have the parameter's shape and start at zero.
public protocol Optimizer: Sendable {
  /// Names of the state arrays, in the order that ``update(_:gradient:state:rate:gradientScale:step:)`` gets them.
  var stateNames: [String] { get }

  /// How strongly parameters are pulled towards zero; a ``ParameterGroup`` may set its own.
  var weightDecay: Double { get set }

  /// Moves `parameter` in place.
  ///
  /// - Parameters:
  ///   - gradient: the gradient before `gradientScale` is applied; the rule may overwrite it.
  ///   - state: this parameter's state arrays.
  ///   - rate: the learning rate of this step.
  ///   - gradientScale: factor from clipping and from the loss scale.
  ///   - step: number of this step, from 1.
  func update(
    _ parameter: Tensor, gradient: Tensor, state: [Tensor], rate: Double, gradientScale: Double, step: Int)
}
