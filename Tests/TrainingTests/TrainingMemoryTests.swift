import Corpora
import Models
import Tensors
import Testing
import Training

@Suite struct TrainingMemoryTests {
  @Test(arguments: CellKind.allCases)
  func nothingLargeIsAllocatedAfterTheFirstSteps(cell: CellKind) throws {
    let configuration = LanguageModelConfiguration(
      cell: cell, embeddingSize: 32, hiddenSize: 128, layerCount: 2, dropout: 0.1)
    let pool = BufferPool()
    try BufferPool.$current.withValue(pool) {
      let model = try LanguageModel(configuration)
      model.initialize(seed: 1)
      let trainer = LanguageModelTrainerTests.trainer(model, rows: 8, clip: 1)
      let tokens = (0..<8 * 16).map { Int32($0 % 257) }
      let step = batch(rows: 8, inputs: tokens, targets: tokens)
      for _ in 0..<3 { try trainer.step(step) }
      let before = pool.largeAllocationCount
      for _ in 0..<6 { try trainer.step(step) }
      #expect(pool.largeAllocationCount == before)
    }
  }
}
