/// For what purpose a computation rounds its operands: the same ``Precision`` means other types to each.
public enum OperandRounding: Sendable {
  /// The types that a model is trained in: what is kept for a backward pass is as narrow as the operands.
  case training
  /// Narrow types only where they make products faster; the same for one row as for many, so that a text's result does
  /// not depend on its neighbours.
  case evaluation
}

extension OperandRounding {
  /// The type of what is multiplied by weights.
  func operandType(_ precision: Precision) -> ElementType {
    switch self {
    case .training: precision.trainingOperandType
    case .evaluation: precision.evaluationOperandType
    }
  }
}
