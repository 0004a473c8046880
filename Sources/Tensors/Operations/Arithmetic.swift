import CKernels

/// `a + b`, element by element; b may also be one row, such as a bias, that is added to every row of a.
///
/// Shapes: `a` any, `b` the same or `[columns]` of a; the result has a's. The result is float32.
public func add(_ a: Variable, _ b: Variable, on tape: Tape) -> Variable {
  let operands = ArithmeticOperands(a, b, "sum")
  return tape.result(operands.result(CK_ADD), of: [a, b]) { dy in
    operands.addRight { target, accumulate in
      operands.reduce(dy, by: 1, into: target, accumulate: accumulate)
    }
    a.addGradient(dy)
  }
}

/// `a − b`, element by element; b may also be one row that is subtracted from every row of a.
///
/// Shapes as of ``add(_:_:on:)``.
public func subtract(_ a: Variable, _ b: Variable, on tape: Tape) -> Variable {
  let operands = ArithmeticOperands(a, b, "difference")
  return tape.result(operands.result(CK_SUBTRACT), of: [a, b]) { dy in
    operands.addRight { target, accumulate in
      operands.reduce(dy, by: -1, into: target, accumulate: accumulate)
    }
    a.addGradient(dy)
  }
}

/// `a ⊙ b`, element by element; b may also be one row that every row of a is multiplied by.
///
/// Shapes as of ``add(_:_:on:)``.
public func multiply(_ a: Variable, _ b: Variable, on tape: Tape) -> Variable {
  let operands = ArithmeticOperands(a, b, "product")
  return tape.result(operands.result(CK_MULTIPLY), of: [a, b]) { dy in
    operands.addRight { target, accumulate in
      if operands.isRow {
        let products = Tensor(uninitialized: dy.shape)
        arithmetic(CK_MULTIPLY, dy, operands.left, into: products, accumulate: false)
        columnSums(products, into: target, accumulate: accumulate)
      } else {
        arithmetic(CK_MULTIPLY, dy, operands.left, into: target, accumulate: accumulate)
      }
    }
    a.addGradient { arithmetic(CK_MULTIPLY, dy, operands.right, into: $0, accumulate: $1) }
  }
}

/// `factor · x`.
public func scale(_ x: Variable, by factor: Float, on tape: Tape) -> Variable {
  let y = Tensor(uninitialized: x.shape)
  scaleAdd(x.value.converted(to: .float32), by: factor, to: y, keeping: 0)
  return tape.result(y, of: [x]) { dy in
    scaleAdd(dy, by: factor, to: dy, keeping: 0)
    x.addGradient(dy)
  }
}

/// The two sides of an elementwise operation, checked and in float32.
private struct ArithmeticOperands {
  let left: Tensor
  let right: Tensor
  let isRow: Bool
  private let variable: Variable

  init(_ a: Variable, _ b: Variable, _ name: String) {
    left = a.value.converted(to: .float32)
    right = b.value.converted(to: .float32)
    isRow = a.shape != b.shape
    variable = b
    precondition(
      !isRow || b.value.count == a.value.columns,
      "\(name) of \(a.shape) and \(b.shape), which is neither alike nor a row")
  }

  func result(_ operation: ck_arithmetic_operation) -> Tensor {
    let y = Tensor(uninitialized: left.shape)
    arithmetic(operation, left, right, into: y, accumulate: false)
    return y
  }

  func addRight(_ write: (_ target: Tensor, _ accumulate: Bool) -> Void) { variable.addGradient(write) }

  /// `±dy`, summed over the rows where b is one.
  func reduce(_ dy: Tensor, by sign: Float, into target: Tensor, accumulate: Bool) {
    guard isRow else {
      scaleAdd(dy, by: sign, to: target, keeping: accumulate ? 1 : 0)
      return
    }
    if sign > 0 {
      columnSums(dy, into: target, accumulate: accumulate)
    } else {
      let sums = Tensor(uninitialized: target.shape)
      columnSums(dy, into: sums, accumulate: false)
      scaleAdd(sums, by: sign, to: target, keeping: accumulate ? 1 : 0)
    }
  }
}

/// `out = a op b`, plus `out` when `accumulate`; a `b` of one row meets every row of `a`.
private func arithmetic(
  _ operation: ck_arithmetic_operation, _ a: Tensor, _ b: Tensor, into out: Tensor, accumulate: Bool
) {
  let isRow = a.count != b.count || a.rowCount == 1
  withKernelPointers(a, b, out) {
    run(
      ck_arithmetic,
      ck_arithmetic_args(
        a: $0[0], b: $0[1], out: $0[2], width: a.columns, b_stride: isRow ? 0 : a.columns, operation: operation,
        accumulate: accumulate ? 1 : 0),
      units: rowBlockUnits(rows: a.rowCount, width: a.columns), grain: 32)
  }
}
