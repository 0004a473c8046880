import Foundation
import Synchronization
import Testing

@testable import Tensors

/// Loops of other targets on the one pool of threads.
@Suite struct ParallelLoopTests {
  @Test(arguments: [0, 1, 2, 7, 1000]) func everyItemIsDoneOnce(count: Int) {
    let done = Mutex([Int](repeating: 0, count: count))
    Engine.parallel(count) { range in
      done.withLock { for index in range { $0[index] += 1 } }
    }
    #expect(done.withLock { $0 } == [Int](repeating: 1, count: count))
  }

  @Test func smallWorkStaysOnTheThreadThatAsks() {
    let caller = Thread.current
    var parts: [Range<Int>] = []
    Engine.parallel(100, grain: 51) {
      #expect(Thread.current == caller)
      parts.append($0)
    }
    #expect(parts == [0..<100])
  }

  /// As many threads as were asked for, and no others, whichever thread asks.
  @Test func theNumberOfThreadsRules() async {
    // In a process of its own, since the number is the whole process's.
    await #expect(processExitsWith: .success) {
      for threads in [1, 3] {
        _ = Engine(threads: threads)
        for _ in 0..<2 {
          let ended = DispatchSemaphore(value: 0)
          Thread.detachNewThread {
            let parts = Mutex<[Range<Int>]>([])
            Engine.parallel(90) { range in parts.withLock { $0.append(range) } }
            precondition(parts.withLock { $0.count } == threads)
            ended.signal()
          }
          ended.wait()
        }
      }
    }
  }
}
