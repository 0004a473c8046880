import Tensors

/// A trained array: a variable that can be frozen.
///
/// It has no name: its path follows from where it stands among the modules.
public final class Parameter {
  /// Value and gradient.
  public let variable: Variable

  /// Makes a parameter of zeros.
  ///
  /// - Parameter partner: a parameter that it is frozen and thawed together with.
  public init(shape: [Int], trainedWith partner: Parameter? = nil) {
    let zeros = Tensor(zeros: shape)
    variable = partner.map { Variable(zeros, trainedWith: $0.variable) } ?? Variable(zeros)
  }
}

/// A parameter and its path in the tree of modules.
public struct NamedParameter {
  /// Names from the root to the parameter, joined by points, for example `layers.0.hiddenWeight.gain`.
  public let path: String
  /// The parameter itself.
  public let parameter: Parameter

  /// Names a parameter.
  public init(_ path: String, _ parameter: Parameter) {
    self.path = path
    self.parameter = parameter
  }

  /// Value and gradient.
  public var variable: Variable { parameter.variable }

  /// The value's shape.
  public var shape: [Int] { variable.shape }

  /// Whether the parameter stays as it is: a backward pass computes and stores nothing for it.
  ///
  /// Gain and direction of a normalised matrix are frozen together.
  public var isFrozen: Bool {
    get { !variable.requiresGradient }
    nonmutating set { variable.requiresGradient = !newValue }
  }
}
