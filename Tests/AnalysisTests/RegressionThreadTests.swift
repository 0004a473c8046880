import Foundation
import Synchronization
import Tensors
import Testing

@testable import Analysis

/// The regression's loops use the threads that were asked for.
@Suite struct RegressionThreadTests {
  @Test func theNumberOfThreadsRules() async {
    // In a process of its own, since the number is the whole process's.
    await #expect(processExitsWith: .success) {
      for threads in [1, 3] {
        _ = Engine(threads: threads)
        let seen = Mutex<Set<UInt>>([])
        inParallel(999, costPerItem: 1000) { _ in seen.withLock { _ = $0.insert(UInt(pthread_self())) } }
        precondition(seen.withLock { $0.count } == threads)
      }
    }
  }
}
