import CKernels
import Foundation
import Synchronization
import Testing

@testable import Tensors

/// One thread count for the process, whichever thread set it and whichever computes.
@Suite struct ThreadCountTests {
  @Test func everyThreadUsesTheNumberThatOneHasSet() async {
    // In a process of its own, since the number is the whole process's.
    await #expect(processExitsWith: .success) {
      func onAnotherThread(_ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
          body()
          done.signal()
        }
        done.wait()
      }
      let initial = Engine.threadCount
      onAnotherThread { _ = Engine(threads: initial + 2) }
      precondition(Engine.threadCount == initial + 2)
      onAnotherThread { precondition(Engine.threadCount == initial + 2) }
      // Kernels and both libraries still compute the same on a thread that never asked.
      onAnotherThread {
        for kind in MatrixBackendKind.allCases {
          let (a, b) = (randomTensor([70, 300], seed: 1), randomTensor([300, 50], seed: 2))
          let c = Tensor(uninitialized: [70, 50])
          Engine(kind).multiply(a, transposeA: false, b, transposeB: false, into: c, accumulate: false)
          let expected = naiveProduct(a, transposeA: false, b, transposeB: false)
          precondition(largestDifference(c.values, expected) < 1e-3)
          precondition(openMPThreads() == initial + 2)
        }
      }
    }
  }
}

@_silgen_name("omp_get_max_threads") private func openMPMaximum() -> Int32

/// What OpenMP would use for a loop of this thread.
private func openMPThreads() -> Int { Int(openMPMaximum()) }
