/// Arithmetic over shapes that come from files, where nothing can be taken for granted.
package enum TensorShape {
  /// Dimensions a tensor in a file may have; NumPy stops at 64, older versions at 32.
  package static let greatestRank = 64

  /// The number of bytes of a tensor; nil when it, or the product of the sizes other than 0, is beyond 64 bits.
  ///
  /// Zeros are left out of the overflow check on purpose: the product must be safe in whatever order it is taken.
  package static func byteCount(_ shape: [Int], elementBytes: Int) -> Int? {
    var product = elementBytes
    for size in shape where size != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }
}
