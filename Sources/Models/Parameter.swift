import Tensors

/// A trained array: a variable under the name it has in checkpoints.
public final class Parameter {
  /// Key in the checkpoint, for example `encoder.rnn.rnns.0.w_hh_v`.
  public let name: String
  /// Value and gradient.
  public let variable: Variable

  /// Makes a parameter of zeros.
  public init(name: String, shape: [Int]) {
    self.name = name
    variable = Variable(Tensor(zeros: shape))
  }

  /// The value's shape.
  public var shape: [Int] { variable.value.shape }
}
