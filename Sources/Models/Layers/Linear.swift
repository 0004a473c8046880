import Tensors

/// A linear map with a bias, `y = x Wᵀ + b`.
public final class Linear: Module {
  /// W, `[out, in]`; may be shared with another module.
  public let weight: Parameter
  /// b, `[out]`.
  public let bias: Parameter

  /// Makes a map of zeros, or one with a weight that another module has as well.
  public init(from inputSize: Int, to outputSize: Int, sharing shared: Parameter? = nil) {
    weight = shared ?? Parameter(shape: [outputSize, inputSize])
    bias = Parameter(shape: [outputSize])
    precondition(weight.variable.shape == [outputSize, inputSize], "a shared weight of shape \(weight.variable.shape)")
  }

  /// Weight and bias.
  public var members: [ModuleMember] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// Maps `[rows, in]` to `[rows, out]`.
  public func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    linear(x, weight: weight.variable, bias: bias.variable, on: tape)
  }

  /// The result and its gradient; operands of another type than float32 are kept beside it.
  static func needs(
    from inputSize: Int, to outputSize: Int, sharesWeight: Bool, types: MemoryTypes = MemoryTypes()
  ) -> MemoryNeeds {
    let (output, operand) = (Double(outputSize), types.operand)
    return MemoryNeeds(
      parameterCount: ElementCount.sum(sharesWeight ? 0 : ElementCount.product(outputSize, inputSize), outputSize),
      trainingBytes: output * (operand == 4 ? 4 : 4 + operand) + (types.isWidened ? 4 * Double(inputSize) : 0),
      evaluationBytes: 4 * output)
  }
}
