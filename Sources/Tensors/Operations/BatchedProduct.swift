/// Products of matrices in pairs: `y[i] = op(a[i]) · op(b[i])`; `op` transposes where asked.
///
/// Shapes: `op(a) [..., m, k]`, `op(b) [..., k, n]` with the same leading dimensions, result `[..., m, n]`.
///
/// Operands are rounded to the tape's operand type, and so is the result's gradient.
public func batchedProduct(
  _ a: Variable, transposeA: Bool = false, _ b: Variable, transposeB: Bool = false, on tape: Tape
) -> Variable {
  let (left, right) = (
    MatrixBatch(a.value.converted(to: tape.operandType)), MatrixBatch(b.value.converted(to: tape.operandType))
  )
  let (m, k) = transposeA ? (left.columns, left.rows) : (left.rows, left.columns)
  let (kb, n) = transposeB ? (right.columns, right.rows) : (right.rows, right.columns)
  precondition(
    a.shape.dropLast(2) == b.shape.dropLast(2) && k == kb,
    "batched product of \(a.shape)\(transposeA ? "ᵀ" : "") and \(b.shape)\(transposeB ? "ᵀ" : "")")
  let y = Tensor(uninitialized: a.shape.dropLast(2) + [m, n])
  let engine = tape.engine
  multiply(left, transposeA, right, transposeB, into: y, accumulate: false, engine)
  return tape.result(y, of: [a, b]) { gradient in
    let dy = MatrixBatch(gradient.converted(to: tape.operandType))
    // With y = a b: da = dy bᵀ and db = aᵀ dy; of a transposed operand the gradient is the transpose.
    a.addGradient {
      if transposeA {
        multiply(right, transposeB, dy, true, into: $0, accumulate: $1, engine)
      } else {
        multiply(dy, false, right, !transposeB, into: $0, accumulate: $1, engine)
      }
    }
    b.addGradient {
      if transposeB {
        multiply(dy, true, left, transposeA, into: $0, accumulate: $1, engine)
      } else {
        multiply(left, !transposeA, dy, false, into: $0, accumulate: $1, engine)
      }
    }
  }
}

private func multiply(
  _ a: MatrixBatch, _ transposeA: Bool, _ b: MatrixBatch, _ transposeB: Bool, into c: Tensor, accumulate: Bool,
  _ engine: Engine
) {
  let result = MatrixBatch(c)
  for index in 0..<result.count {
    engine.multiply(
      a[index], transposeA: transposeA, b[index], transposeB: transposeB, into: result[index], accumulate: accumulate)
  }
}

/// A tensor of at least two dimensions as matrices one behind the other.
private struct MatrixBatch {
  private let tensor: Tensor
  let count: Int
  let rows: Int
  var columns: Int { tensor.columns }

  init(_ tensor: Tensor) {
    precondition(tensor.shape.count >= 2, "matrices of shape \(tensor.shape)")
    self.tensor = tensor
    rows = tensor.shape[tensor.shape.count - 2]
    count = tensor.shape.dropLast(2).reduce(1, *)
  }

  subscript(index: Int) -> Tensor { tensor.rows(index * rows, count: rows) }
}
