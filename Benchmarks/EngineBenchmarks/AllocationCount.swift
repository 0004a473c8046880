import Models
import Tensors

/// Counts blocks that training asks of the operating system after its first steps; there should be none.
enum AllocationCount {
  static let name = "allocations"

  /// Large allocations a step after the third, over cells and precisions.
  static func measure() throws -> Measurement {
    let countedSteps = 3
    var (allocations, steps) = (0, 0)
    for cell in CellKind.allCases {
      for precision in [Precision.float32, .bfloat16] {
        let example = BenchmarkCase(
          name: name, cell: cell, units: 256, rows: 32, steps: 32, mode: .train, precision: precision)
        // Blocks of the run before must not be taken for this one's.
        BufferPool.shared.releaseIdleBlocks()
        let work = try TrainingWork(example)
        for _ in 0..<3 { work.run(steps: example.steps) }
        let before = BufferPool.shared.largeAllocationCount
        for _ in 0..<countedSteps { work.run(steps: example.steps) }
        allocations += BufferPool.shared.largeAllocationCount - before
        steps += countedSteps
      }
    }
    return Measurement(name: name, value: Double(allocations) / Double(steps), unit: "large allocations/step")
  }
}
