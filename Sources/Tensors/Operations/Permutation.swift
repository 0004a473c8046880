import CKernels

/// The dimensions of `x` in another order: dimension d of the result is dimension `order[d]` of x.
///
/// Up to four dimensions; the result has a storage of its own and is float32.
public func permute(_ x: Variable, order: [Int], on tape: Tape) -> Variable {
  let shape = x.shape
  precondition(
    order.sorted() == Array(shape.indices) && order.count <= 4, "\(shape) in the order \(order) of dimensions")
  let y = Tensor(uninitialized: order.map { shape[$0] })
  permuteElements(x.value.converted(to: .float32), order: order, into: y, accumulate: false)
  let inverse = order.indices.map { order.firstIndex(of: $0) ?? 0 }
  return tape.result(y, of: [x]) { dy in
    x.addGradient { permuteElements(dy, order: inverse, into: $0, accumulate: $1) }
  }
}

private func permuteElements(_ x: Tensor, order: [Int], into y: Tensor, accumulate: Bool) {
  var strides = [Int](repeating: 1, count: x.shape.count)
  for d in x.shape.indices.dropLast().reversed() { strides[d] = strides[d + 1] * x.shape[d + 1] }
  let padding = 4 - order.count
  let sizes = [Int](repeating: 1, count: padding) + order.map { x.shape[$0] }
  let steps = [Int](repeating: 0, count: padding) + order.map { strides[$0] }
  withKernelPointers(x, y) {
    run(
      ck_permute,
      ck_permute_args(
        in: $0[0], out: $0[1], shape: (sizes[0], sizes[1], sizes[2], sizes[3]),
        strides: (steps[0], steps[1], steps[2], steps[3]), accumulate: accumulate ? 1 : 0),
      units: y.count == 0 ? 0 : sizes[0] * sizes[1] * sizes[2], grain: 64)
  }
}
