import CKernels

/// What this machine can do at most, measured: the yardstick of the benchmarks.
public enum MachinePeak {
  /// Float operations a second of fused multiply-adds on all threads.
  ///
  /// - Parameter seconds: how long to measure, about.
  public static func floatOperationsPerSecond(measuringFor seconds: Double = 0.5) -> Double {
    let threads = Engine.threadCount
    let rounds = 2_000_000
    let sink = Tensor(zeros: [threads])
    var operations = 0
    let fastest = fastestSeconds(measuringFor: seconds) {
      withKernelPointers(sink) {
        let sink = $0[0]
        withUnsafeMutablePointer(to: &operations) {
          run(
            ck_multiply_add_loop, ck_multiply_add_loop_args(sink: sink, rounds: rounds, operations: $0), units: threads,
            grain: 1)
        }
      }
    }
    return Double(threads * rounds * operations) / fastest
  }

  /// Bytes a second that all threads together read from memory in order.
  ///
  /// - Parameters:
  ///   - byteCount: size of the array that is read, 512 MiB by default; it must be much larger than the caches.
  ///   - seconds: how long to measure, about.
  public static func memoryReadBytesPerSecond(
    byteCount: Int = 512 << 20, measuringFor seconds: Double = 0.5
  ) -> Double {
    let blockLength = Int(CK_MEMORY_READ_BLOCK)
    let blocks = max(1, byteCount / MemoryLayout<Float>.stride / blockLength)
    // Not from the pool, where it would stay. Ones, so that the pages are really there.
    let block = LargePages.allocate(byteCount: blocks * blockLength * MemoryLayout<Float>.stride)
    defer { block.deallocate() }
    let values = block.bindMemory(to: Float.self, capacity: blocks * blockLength)
    values.initialize(repeating: 1, count: blocks * blockLength)
    let sink = Tensor(zeros: [blocks])
    let fastest = fastestSeconds(measuringFor: seconds) {
      withKernelPointers(sink) {
        run(ck_memory_read_loop, ck_memory_read_loop_args(values: values, sink: $0[0]), units: blocks, grain: 1)
      }
    }
    return Double(blocks * blockLength * MemoryLayout<Float>.stride) / fastest
  }

  private static func fastestSeconds(measuringFor seconds: Double, _ body: () -> Void) -> Double {
    var fastest = Double.infinity
    let start = ContinuousClock.now
    repeat {
      let began = ContinuousClock.now
      body()
      fastest = min(fastest, began.duration(to: .now) / .seconds(1))
    } while start.duration(to: .now) < .seconds(seconds)
    return fastest
  }
}
