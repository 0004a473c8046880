import CKernels

/// Writes the elements of `x` into `y` in the type of `y`, rounded to nearest even where that is narrower.
///
/// Types: float32, bfloat16 and float16. Numbers beyond float16's range become infinite.
package func convert(_ x: Tensor, into y: Tensor) {
  precondition(x.count == y.count, "conversion of \(x.shape) into \(y.shape)")
  precondition(x.elementType != .int8 && y.elementType != .int8, "int8 has no meaning without scales")
  withRawKernelPointers(x, y) {
    run(
      ck_convert,
      ck_convert_args(
        in: $0[0], out: $0[1], in_type: x.elementType.kernelElement, out_type: y.elementType.kernelElement,
        count: x.count),
      units: flatBlocks(x.count), grain: 8)
  }
}

extension Tensor {
  /// The same numbers in another type; the tensor itself when it has that type already.
  public func converted(to type: ElementType) -> Tensor {
    guard type != elementType else { return self }
    let result = Tensor(uninitialized: shape, elementType: type)
    convert(self, into: result)
    return result
  }
}
