import Tensors

/// Times one case beside the limit it is held against, taking the fastest of several runs and the highest of several
/// measurements of the limit.
///
/// The speed of a shared machine drifts, so both are measured in turns.
final class CaseTimer {
  private let example: BenchmarkCase
  private let work: any BenchmarkWork
  private(set) var fastestSeconds = Double.infinity
  private(set) var limit = 0.0

  /// Seconds of one round of timed runs, unless a single run takes longer.
  private static let roundSeconds = 1.5

  /// Prepares the case and runs it until its buffers and packed weights are there.
  init(_ example: BenchmarkCase) throws {
    self.example = example
    work = try example.makeWork()
    try work.run(steps: 2)
    // Large batches take seconds; two steps have packed their weights.
    let began = ContinuousClock.now
    try work.run(steps: 2)
    let secondsPerStep = began.duration(to: .now) / .seconds(2)
    if secondsPerStep * Double(example.steps) < Self.roundSeconds {
      for _ in 0..<2 { try work.run(steps: example.steps) }
    }
  }

  /// Measures the limit, some runs, and the limit again.
  func measureRound() throws {
    measureLimit()
    var (spent, runs) = (0.0, 0)
    while runs < 1 || (spent < Self.roundSeconds && runs < 20) {
      let began = ContinuousClock.now
      try work.run(steps: example.steps)
      let seconds = began.duration(to: .now) / .seconds(1)
      fastestSeconds = min(fastestSeconds, seconds)
      spent += seconds
      runs += 1
    }
    measureLimit()
  }

  /// The case's line, with ratios to what else was measured.
  func measurement(float32: Measurement?, twin: Double?) -> Measurement {
    let rate = Double(example.charactersPerRun) / fastestSeconds
    return Measurement(
      name: example.name, value: rate, unit: "characters/s",
      throughput: (example.cost / fastestSeconds / 1e9, example.limit.unit),
      fractionOfPeak: example.hasFractionOfPeak ? example.cost / fastestSeconds / limit : nil,
      versusFloat32: float32.map { rate / $0.value }, versusPyTorch: twin.map { rate / $0 })
  }

  private func measureLimit() { limit = max(limit, example.limit.measure(seconds: 0.15)) }
}
