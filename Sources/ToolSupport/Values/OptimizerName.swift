/// The optimizers, as named on the command line.
public enum OptimizerName: String, NamedChoice {
  /// Adam with β₁ 0.9, β₂ 0.999, ε 1e-8.
  case adam = "Adam"
  /// Plain stochastic gradient descent.
  case stochasticGradientDescent = "SGD"
}
