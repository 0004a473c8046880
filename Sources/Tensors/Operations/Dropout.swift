import CKernels

/// Sets elements to zero with `probability` and divides the others by `1 − probability`, on a tape that trains.
///
/// Which elements is a hash of `key` and their index, so a step can be repeated exactly; the caller gives every use
/// its own key. With probability 0, and outside training, the input itself is returned.
public func dropout(_ x: Variable, probability: Float, key: UInt64, on tape: Tape) -> Variable {
  precondition(probability >= 0 && probability < 1, "dropout of \(probability)")
  guard probability > 0, tape.isTraining else { return x }
  let y = Tensor(uninitialized: x.value.shape, elementType: x.value.elementType)
  maskElements(x.value, into: y, probability: probability, key: key)
  return tape.result(y, of: [x]) { dy in
    maskElements(dy, into: dy, probability: probability, key: key)
    x.addGradient(dy)
  }
}

/// The mask and scale that forward and backward share.
private func maskElements(_ x: Tensor, into y: Tensor, probability: Float, key: UInt64) {
  withRawKernelPointers(x, y) {
    run(
      ck_dropout,
      ck_dropout_args(
        in: $0[0], out: $0[1], type: x.elementType.kernelElement, key: key, probability: probability, count: x.count),
      units: flatBlocks(x.count), grain: 4)
  }
}
