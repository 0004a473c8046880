import Optimization
import Testing

@Suite struct LearningRateScheduleTests {
  private func rates(_ schedule: LearningRateSchedule, _ count: Int) -> [Double] {
    (0..<count).map { schedule.rate(afterSteps: $0) }
  }

  private func expectClose(_ found: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)",
      sourceLocation: sourceLocation)
  }

  @Test func linearFallsToTheFloorAndStays() {
    let found = rates(LearningRateSchedule(baseRate: 1, decay: .linear, horizon: 10), 13)
    expectClose(found, [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 1e-8, 1e-8, 1e-8])
    #expect(found.suffix(3) == [1e-8, 1e-8, 1e-8])
  }

  @Test func cosineFallsToZeroAndStays() {
    let found = rates(LearningRateSchedule(baseRate: 1, decay: .cosine, horizon: 10), 13)
    expectClose(
      found,
      [1, 0.975528, 0.904508, 0.793893, 0.654508, 0.5, 0.345492, 0.206107, 0.0954915, 0.0244717, 0, 0, 0])
  }

  @Test func linearWarmUpIsAppliedOnceAndTheDecayEndsAtTheHorizon() {
    let found = rates(LearningRateSchedule(baseRate: 1, decay: .linear, warmupSteps: 4, horizon: 10), 12)
    expectClose(found, [0.25, 0.5, 0.75, 1, 6 / 7, 5 / 7, 4 / 7, 3 / 7, 2 / 7, 1 / 7, 1e-8, 1e-8])
  }

  @Test func constantRateAfterWarmUp() {
    let found = rates(LearningRateSchedule(baseRate: 2, warmupSteps: 4, horizon: 10), 13)
    expectClose(found, [0.5, 1, 1.5] + [Double](repeating: 2, count: 10))
  }

  @Test func slantedTriangle() {
    let found = rates(LearningRateSchedule(baseRate: 1, decay: .slantedTriangle, warmupSteps: 2, horizon: 10), 13)
    expectClose(
      found, [0.01, 0.505, 1, 0.87625, 0.7525, 0.62875, 0.505, 0.38125, 0.2575, 0.13375, 0.01, 0.01, 0.01])
  }

  @Test func slantedTriangleWithItsPeakAtEitherEnd() {
    let falling = rates(LearningRateSchedule(baseRate: 1, decay: .slantedTriangle, warmupSteps: 0, horizon: 4), 6)
    expectClose(falling, [1, 0.7525, 0.505, 0.2575, 0.01, 0.01])
    let rising = rates(LearningRateSchedule(baseRate: 1, decay: .slantedTriangle, warmupSteps: 4, horizon: 4), 7)
    expectClose(rising, [0.01, 0.2575, 0.505, 0.7525, 1, 0.01, 0.01])
  }

  @Test func exponentialEndsAtAHundredth() {
    let found = rates(LearningRateSchedule(baseRate: 1, decay: .exponential, horizon: 4), 6)
    expectClose(found, [1, 0.316228, 0.1, 0.0316228, 0.01, 0.01])
  }

  @Test(arguments: LearningRateSchedule.Decay.allCases)
  func neverNegativeNeverAboveTheBaseAndNeverRisingAfterThePeak(decay: LearningRateSchedule.Decay) {
    for baseRate in [1, 5e-4, 2e-9, 0] {
      for horizon in [1, 2, 7, 20.0] {
        for warmup in [0, 0.3, 1, 2.5, 6.5, 7, 20, 33] {
          let schedule = LearningRateSchedule(
            baseRate: baseRate, decay: decay, warmupSteps: warmup, horizon: horizon)
          let found = rates(schedule, 50)
          let named = "\(schedule): \(found)"
          #expect(found.allSatisfy { $0 >= 0 && $0 <= baseRate * (1 + 1e-12) }, "\(named)")
          let peak = found.indices.max { found[$0] < found[$1] } ?? 0
          #expect(found[...peak].elementsEqual(found[...peak].sorted()), "\(named)")
          #expect(found[peak...].elementsEqual(found[peak...].sorted(by: >)), "\(named)")
          let end = Int(max(horizon, warmup).rounded(.up))
          #expect(Set(found[(end + 1)...]).count == 1, "held after its end: \(named)")
        }
      }
    }
  }
}
