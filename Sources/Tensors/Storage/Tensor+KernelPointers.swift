/// Calls `body` with the first-element pointers of float32 tensors, which stay alive until it returns.
///
/// With ``withRawKernelPointers(_:body:)`` the one door between tensors and C: kernels read and write through these
/// pointers, and none leaves the closure.
@inline(__always)
func withKernelPointers(_ tensors: Tensor..., body: ([UnsafeMutablePointer<Float>]) -> Void) {
  withExtendedLifetime(tensors) {
    body(tensors.map { $0.floats })
  }
}

/// Calls `body` with the first-element pointers of tensors of any type.
@inline(__always)
func withRawKernelPointers(_ tensors: Tensor..., body: ([UnsafeMutableRawPointer]) -> Void) {
  withExtendedLifetime(tensors) {
    body(tensors.map { $0.start })
  }
}

extension Tensor {
  /// Address of the first element.
  @usableFromInline var start: UnsafeMutableRawPointer { storage.base + offset * elementType.byteCount }

  /// Address of the first element of a float32 tensor.
  @usableFromInline var floats: UnsafeMutablePointer<Float> {
    precondition(elementType == .float32, "float32 elements of a \(elementType.rawValue) tensor")
    return start.assumingMemoryBound(to: Float.self)
  }
}
