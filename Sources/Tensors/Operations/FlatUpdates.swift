import CKernels

/// `y = a · x + b · y`, element by element; with `b` 0 the old `y` is not read.
package func scaleAdd(_ x: Tensor, by a: Float, to y: Tensor, keeping b: Float) {
  precondition(x.count == y.count, "scale-add of \(x.shape) to \(y.shape)")
  withKernelPointers(x, y) {
    run(
      ck_scale_add, ck_scale_add_args(x: $0[0], y: $0[1], a: a, b: b, count: x.count), units: flatBlocks(x.count),
      grain: 8)
  }
}

/// `Σ x²`, in double precision over blocks in a fixed order, so that it does not depend on the threads.
package func squaredNorm(_ x: Tensor) -> Double {
  let blocks = flatBlocks(x.count)
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(blocks, 1)) { partial in
    withKernelPointers(x) {
      run(
        ck_square_sums, ck_square_sums_args(x: $0[0], partial: partial.baseAddress, count: x.count), units: blocks,
        grain: 8)
    }
    return partial[..<blocks].reduce(0, +)
  }
}
