import CKernels

/// `y[r] = table[index[r]]`: embeddings of tokens.
///
/// Shapes: `table [V, width]`, result `[index.count, width]`. Every index is in `0 ..< V`.
public func lookUpRows(_ table: Variable, index: [Int32], on tape: Tape) -> Variable {
  let y = Tensor(uninitialized: [index.count, table.value.columns])
  index.withUnsafeBufferPointer { index in
    withKernelPointers(table.value, y) {
      run(
        CK_GATHER_ROWS, ck_gather_rows_args(table: $0[0], index: index.baseAddress, out: $0[1], width: y.columns),
        units: index.count, grain: 64)
    }
  }
  let result = Variable(y)
  tape.record {
    guard let dy = result.gradient else { return }
    addRowGradients(dy, index: index, to: table)
  }
  return result
}

/// Backward of a lookup: `dtable[index[r]] += dy[r]`, rows in order; `dy` may be of a narrower type.
public func addRowGradients(_ dy: Tensor, index: [Int32], to table: Variable) {
  table.addGradient { target, accumulate in
    if !accumulate { target.fill(0) }
    index.withUnsafeBufferPointer { index in
      withRawKernelPointers(dy, target) {
        run(
          CK_SCATTER_ADD_ROWS,
          ck_scatter_add_rows_args(
            rows: $0[0], type: dy.elementType.kernelElement, index: index.baseAddress,
            table: $0[1].assumingMemoryBound(to: Float.self), row_count: index.count, width: dy.columns),
          units: columnBlocks(dy.columns), grain: 1)
      }
    }
  }
}
