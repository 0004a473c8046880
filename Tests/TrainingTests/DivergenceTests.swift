import Checkpoints
import Foundation
import Models
import Optimization
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite struct DivergenceDetectorTests {
  /// A loss that falls from 5.5 to 1.5 with noise.
  private static func losses(_ count: Int, noise: Double = 0.05) -> [Double] {
    var generator = SeededGenerator(seed: 3)
    return (0..<count).map { 1.5 + 4 * exp(-Double($0) / 100) + noise * (2 * generator.uniform() - 1) }
  }

  @Test func anOrdinaryRunGivesNoAlarm() {
    for noise in [0, 0.05, 0.4] {
      var detector = DivergenceDetector()
      let alarms = Self.losses(2000, noise: noise).filter { detector.observe($0) }
      #expect(alarms.isEmpty)
    }
  }

  @Test func aSpikeIsNamedOnceAndALastingChangeIsForgiven() {
    var detector = DivergenceDetector()
    for loss in Self.losses(500) { _ = detector.observe(loss) }
    #expect(abs(detector.mean - 1.5) < 0.1)
    // The second is the same spike as the first, the last another one.
    let verdicts = [4, 4, 1.5, 4].map { detector.observe($0) }
    #expect(verdicts == [true, false, false, true])
    for _ in 0..<500 { _ = detector.observe(3) }
    #expect(abs(detector.mean - 3) < 0.1)
    let afterwards = detector.observe(3.2)
    #expect(!afterwards)
  }

  @Test func theFirstStepsAreWild() {
    var detector = DivergenceDetector()
    let alarms = (0..<DivergenceDetector.warmup).filter { detector.observe($0.isMultiple(of: 7) ? 50 : 5) }
    #expect(alarms.isEmpty)
  }

  @Test func infinityIsASpikeThatDoesNotStayInTheMean() {
    var detector = DivergenceDetector()
    for loss in Self.losses(300) { _ = detector.observe(loss) }
    let isSpike = detector.observe(.infinity)
    #expect(isSpike)
    #expect(detector.mean.isFinite)
  }
}

@Suite struct DivergenceResponseTests {
  /// A run whose rate is far too high: a plain unit cell under gradient descent blows up.
  private func run(_ folder: String, _ response: DivergenceResponse, rate: Double = 1e25) throws -> (
    result: PretrainingResult?, error: TrainingError?, rollbacks: [Double], warnings: Int
  ) {
    var configuration = try PretrainingTests.configuration(folder, cell: .relu)
    configuration.optimizer = .sgd()
    configuration.schedule = LearningRateSchedule(baseRate: rate)
    configuration.onDivergence = response
    configuration.stepsPerCheckpoint = 100
    var (rollbacks, warnings) = ([Double](), 0)
    do {
      let result = try Pretraining(configuration) {
        if case .rolledBack(_, let factor) = $0 { rollbacks.append(factor) }
        if case .diverging = $0 { warnings += 1 }
      }.run()
      return (result, nil, rollbacks, warnings)
    } catch let error as TrainingError {
      return (nil, error, rollbacks, warnings)
    }
  }

  @Test(arguments: [DivergenceResponse.ignore, .warn, .stop])
  func aLossThatIsNoNumberEndsTheRun(response: DivergenceResponse) throws {
    try withTemporaryFolder { folder in
      let run = try run(folder, response)
      guard case .lossNotFinite = run.error else {
        Issue.record("\(String(describing: run.error))")
        return
      }
    }
  }

  @Test func rollbackHalvesTheRateUntilItGivesUp() throws {
    try withTemporaryFolder { folder in
      let run = try run(folder, .rollback)
      #expect(run.rollbacks == [0.5, 0.25, 0.125, 0.0625, 0.03125])
      guard case .rollbackFailed(_, 5) = run.error else {
        Issue.record("\(String(describing: run.error))")
        return
      }
    }
  }

  @Test func rollbackRescuesARunWhoseRateIsAFewTimesTooHigh() throws {
    try withTemporaryFolder { folder in
      // The first of these rates under which the run diverges, and still ends well.
      var rescued: (result: PretrainingResult?, error: TrainingError?, rollbacks: [Double], warnings: Int)?
      for exponent in 4...40 where rescued == nil {
        let inner = "\(folder)/\(exponent)"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        let run = try run(inner, .rollback, rate: pow(2, Double(exponent)))
        if run.error == nil, !run.rollbacks.isEmpty { rescued = run }
      }
      let run = try #require(rescued)
      #expect(run.result?.steps == 12)
      #expect(run.result?.trainingLoss?.isFinite == true)
    }
  }

  @Test func aSpikeStopsTheRunOrIsSaid() throws {
    for response in [DivergenceResponse.ignore, .warn, .stop] {
      try withTemporaryFolder { folder in
        // The detector is told of sixty quiet steps; then a rate throws the weights far off.
        var configuration = try PretrainingTests.configuration(folder, cell: .lstm)
        configuration.optimizer = .sgd()
        configuration.schedule = LearningRateSchedule(baseRate: 1e3)
        configuration.onDivergence = response
        var warnings: [Int] = []
        let run = try Pretraining(configuration) {
          if case .diverging(let step, let loss, let mean) = $0 {
            warnings.append(step)
            #expect(loss > mean * 1.5)
          }
        }
        for _ in 0..<60 { _ = run.record.detector.observe(5.5) }
        switch response {
        case .stop:
          let error = #expect(throws: TrainingError.self) { try run.run() }
          #expect("\(error.map { "\($0)" } ?? "")".contains("the run diverges: the loss of step "))
        default:
          _ = try run.run()
          #expect(warnings.isEmpty == (response == .ignore))
        }
      }
    }
  }
}
