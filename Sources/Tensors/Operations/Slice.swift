import CKernels

/// Rows `range` of `x`, taken as a matrix `[rowCount, columns]`; the result has a storage of its own.
public func sliceRows(_ x: Variable, _ range: Range<Int>, on tape: Tape) -> Variable {
  let count = x.value.rowCount
  precondition(range.lowerBound >= 0 && range.upperBound <= count, "rows \(range) of \(x.shape)")
  let y = x.value.rows(range.lowerBound, count: range.count).copied()
  return tape.result(y, of: [x]) { dy in
    x.addGradient { target, accumulate in
      if !accumulate { target.fill(0) }
      scaleAdd(dy, by: 1, to: target.rows(range.lowerBound, count: range.count), keeping: 1)
    }
  }
}

/// Columns `range` of every row of `x`, as a matrix; the result is float32.
public func sliceColumns(_ x: Variable, _ range: Range<Int>, on tape: Tape) -> Variable {
  let columns = x.value.columns
  precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(x.shape)")
  let y = Tensor(uninitialized: [x.value.rowCount, range.count])
  copyColumns(x.value.converted(to: .float32), from: range.lowerBound, into: y, at: 0, count: range.count)
  return tape.result(y, of: [x]) { dy in
    x.addGradient { target, accumulate in
      if !accumulate { target.fill(0) }
      copyColumns(dy, from: 0, into: target, at: range.lowerBound, count: range.count, accumulate: true)
    }
  }
}

/// Writes `count` columns of `x` from `first` on over those of `y` from `place` on, or adds them.
func copyColumns(
  _ x: Tensor, from first: Int, into y: Tensor, at place: Int, count: Int, accumulate: Bool = false
) {
  precondition(
    x.rowCount == y.rowCount && first + count <= x.columns && place + count <= y.columns,
    "\(count) columns of \(x.shape) from \(first) into \(y.shape) at \(place)")
  withKernelPointers(x, y) {
    run(
      ck_copy_columns,
      ck_copy_columns_args(
        in: $0[0] + first, out: $0[1] + place, width: count, in_stride: x.columns, out_stride: y.columns,
        accumulate: accumulate ? 1 : 0),
      units: x.rowCount, grain: 16)
  }
}
