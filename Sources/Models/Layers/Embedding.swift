import Tensors

/// A vector for each token.
public final class Embedding: Module {
  /// The vectors, `[V, E]`.
  public let weight: Parameter

  /// Makes a table of zeros.
  public init(count: Int, width: Int) {
    weight = Parameter(shape: [count, width])
  }

  /// The table.
  public var members: [ModuleMember] { [.parameter("weight", weight)] }

  /// The vectors of `tokens`, `[tokens, E]`; every token is in `0 ..< V`.
  public func callAsFunction(_ tokens: [Int32], on tape: Tape) -> Variable {
    lookUpRows(weight.variable, index: tokens, on: tape)
  }

  /// The table; what is looked up is read by the layer above and goes back to the pool.
  static func needs(count: Int, width: Int) -> MemoryNeeds {
    MemoryNeeds(parameterCount: ElementCount.product(count, width))
  }
}
