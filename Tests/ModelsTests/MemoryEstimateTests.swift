import Testing

@testable import Models

@Suite struct MemoryEstimateTests {
  private let small = LanguageModelConfiguration(embeddingSize: 2, hiddenSize: 4, layerCount: 1)

  @Test func countsWeightsGradientsMomentsAndStates() {
    let parameters = small.parameterCount
    #expect(
      MemoryEstimate(training: small, rows: 3, steps: 5, stateArrays: 2).bytes
        == 4 * (5 * parameters + 15 * (6 * 4 + 257)))
    #expect(MemoryEstimate(evaluating: small, rows: 3, steps: 5).bytes == 4 * (2 * parameters + 15 * (4 + 257)))
    #expect(MemoryEstimate(features: small, texts: 7, width: 4).bytes == 4 * (2 * parameters + 28))
  }

  @Test func theLargestSizesDoNotOverflow() {
    let huge = LanguageModelConfiguration(embeddingSize: 65_536, hiddenSize: 65_536, layerCount: 64)
    #expect(
      MemoryEstimate(training: huge, rows: 65_536, steps: 1_048_576, stateArrays: 2).bytes == 1_000_000_000_000_000_000)
  }

  @Test func refusesWithBothFigures() throws {
    let estimate = MemoryEstimate(features: small, texts: 1_000_000, width: 1000)
    #expect(throws: ModelError.notEnoughMemory(needed: estimate.bytes, available: estimate.bytes - 1)) {
      try estimate.requireFits(into: estimate.bytes - 1)
    }
    try estimate.requireFits(into: estimate.bytes)
    try estimate.requireFits(into: nil)
    #expect(
      ModelError.notEnoughMemory(needed: 4_010_000_000_000, available: 23_456_789_000).description
        == "about 4.0 TB of memory would be needed, but 23 GB are available; choose a smaller model (--nhid, --nlayers, "
        + "--emsize) or smaller batches (--batch-size, --seq-length)")
  }

  @Test func readsWhatTheSystemSays() {
    let text = "MemTotal:       24683520 kB\nMemAvailable:   21000000 kB\n"
    #expect(MemoryEstimate.availableBytes(inMemoryInformation: text) == 21_000_000 * 1024)
    #expect(MemoryEstimate.availableBytes(inMemoryInformation: "MemFree: 1 kB\n") == nil)
  }
}
