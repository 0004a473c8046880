import CKernels

/// `y[r] = table[index[r]]`: embeddings of tokens.
///
/// Shapes: `table [V, width]`, result `[index.count, width]`. Every index is in `0 ..< V`.
public func lookUpRows(_ table: Variable, index: [Int32], on tape: Tape) -> Variable {
  requireRows(index, of: table.value)
  let y = Tensor(uninitialized: [index.count, table.value.columns])
  index.withUnsafeBufferPointer { index in
    withKernelPointers(table.value, y) {
      run(
        ck_gather_rows, ck_gather_rows_args(table: $0[0], index: index.baseAddress, out: $0[1], width: y.columns),
        units: index.count, grain: 64)
    }
  }
  return tape.result(y, of: [table]) { addRowGradients($0, index: index, to: table) }
}

/// Kernels read and write where an index says, so each must name a row that is there.
func requireRows(_ index: some Collection<Int32>, of table: Tensor) {
  let count = table.rowCount
  if let outside = index.first(where: { $0 < 0 || Int($0) >= count }) {
    preconditionFailure("row \(outside) of a table with \(count) rows")
  }
}

/// Backward of a lookup: `dtable[index[r]] += dy[r]`, rows in order; `dy` may be of a narrower type.
package func addRowGradients(_ dy: Tensor, index: [Int32], to table: Variable) {
  table.addGradient { target, accumulate in
    requireRows(index, of: target)
    precondition(
      dy.rowCount == index.count && dy.columns == target.columns, "row gradients \(dy.shape) for \(target.shape)")
    if !accumulate { target.fill(0) }
    index.withUnsafeBufferPointer { index in
      withRawKernelPointers(dy, target) {
        run(
          ck_scatter_add_rows,
          ck_scatter_add_rows_args(
            rows: $0[0], type: dy.elementType.kernelElement, index: index.baseAddress,
            table: $0[1].assumingMemoryBound(to: Float.self), row_count: index.count, width: dy.columns),
          units: columnBlocks(dy.columns), grain: 1)
      }
    }
  }
}
