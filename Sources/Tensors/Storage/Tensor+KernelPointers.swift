/// Calls `body` with the first-element pointers of the tensors, which stay alive until it returns.
///
/// The one door between tensors and C: kernels read and write through these pointers, and none leaves the closure.
@inline(__always)
func withKernelPointers(_ tensors: Tensor..., body: ([UnsafeMutablePointer<Float>]) -> Void) {
  withExtendedLifetime(tensors) {
    body(tensors.map { $0.storage.base + $0.offset })
  }
}
