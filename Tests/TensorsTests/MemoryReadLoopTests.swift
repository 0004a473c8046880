import CKernels
import Testing

@testable import Tensors

@Suite struct MemoryReadLoopTests {
  /// A loop that skipped part of the array would report a rate that no memory has.
  @Test func everyElementOfEveryBlockIsRead() {
    let length = Int(CK_MEMORY_READ_BLOCK)
    var values = [Float](repeating: 1, count: 3 * length)
    values[0] = 3
    values[2 * length - 1] = 5
    let sink = Tensor(zeros: [3])
    values.withUnsafeBufferPointer { values in
      withKernelPointers(sink) {
        run(
          ck_memory_read_loop, ck_memory_read_loop_args(values: values.baseAddress, sink: $0[0]), units: 3, grain: 1)
      }
    }
    let count = Float(length)
    #expect(sink.values == [count + 2, count + 4, count])
  }

  @Test func bothLimitsArePositiveAndFinite() {
    let rates = [
      MachinePeak.memoryReadBytesPerSecond(byteCount: 1 << 20, measuringFor: 0.001),
      MachinePeak.floatOperationsPerSecond(measuringFor: 0.001),
    ]
    #expect(rates.allSatisfy { $0 > 0 && $0.isFinite })
  }
}
