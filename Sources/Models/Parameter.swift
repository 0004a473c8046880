import Tensors

/// A trained array: a variable under the name it has in checkpoints.
public final class Parameter {
  /// Key in the checkpoint, for example `encoder.rnn.rnns.0.w_hh_v`.
  public let name: String
  /// Value and gradient.
  public let variable: Variable

  /// Makes a parameter of zeros.
  ///
  /// - Parameter partner: a parameter that it is frozen and thawed together with.
  public init(name: String, shape: [Int], trainedWith partner: Parameter? = nil) {
    self.name = name
    let zeros = Tensor(zeros: shape)
    variable = partner.map { Variable(zeros, trainedWith: $0.variable) } ?? Variable(zeros)
  }

  /// Whether the parameter stays as it is: a backward pass computes and stores nothing for it.
  ///
  /// Gain and direction of a normalised matrix are frozen together.
  public var isFrozen: Bool {
    get { !variable.requiresGradient }
    set { variable.requiresGradient = !newValue }
  }

  /// The value's shape.
  public var shape: [Int] { variable.shape }
}
