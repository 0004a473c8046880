import CKernels

/// What this machine can do at most, measured: the yardstick of the benchmarks.
public enum MachinePeak {
  /// Float operations a second of fused multiply-adds on all threads.
  ///
  /// - Parameter seconds: how long to measure, about.
  public static func floatOperationsPerSecond(measuringFor seconds: Double = 0.5) -> Double {
    let threads = Engine.threadCount
    let rounds = 20_000_000
    let sink = Tensor(zeros: [threads])
    var best = 0.0
    let start = ContinuousClock.now
    repeat {
      let began = ContinuousClock.now
      withKernelPointers(sink) {
        run(
          CK_MULTIPLY_ADD_LOOP, ck_multiply_add_loop_args(sink: $0[0], rounds: rounds / 10), units: threads, grain: 1)
      }
      let elapsed = began.duration(to: .now) / .seconds(1)
      best = max(best, Double(threads * rounds / 10 * Int(ck_multiply_add_operations())) / elapsed)
    } while start.duration(to: .now) < .seconds(seconds)
    return best
  }
}
