import Testing
import Training

@Suite struct LossScalerTests {
  @Test func traceOfTheSpecification() {
    var scaler = DynamicLossScaler(scale: 16, window: 3)
    let overflows = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]
    let scales = overflows.map { flag in
      scaler.update(overflowed: flag == 1)
      return scaler.scale
    }
    #expect(scales == [16, 16, 32, 32, 32, 64, 32, 32, 32, 64, 64, 32, 16, 8, 4, 2, 1, 1, 1])
  }

  @Test func growsOnTheThousandthCleanStepByDefault() {
    var scaler = DynamicLossScaler()
    for _ in 0..<999 { scaler.update(overflowed: false) }
    #expect(scaler.scale == 65_536)
    scaler.update(overflowed: false)
    #expect(scaler.scale == 131_072)
  }
}
