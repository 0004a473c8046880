import Foundation

/// Many inputs for one reader.
struct FuzzCampaign {
  let target: FuzzTarget
  let seed: UInt64
  let seeds: SeedCorpus

  private(set) var failures: [String] = []
  private var inputs = 0
  private var withRows = 0
  private var seconds = 0.0
  private var slowest = 0.0

  init(target: FuzzTarget, seed: UInt64, seeds: SeedCorpus) {
    self.target = target
    self.seed = seed
    self.seeds = seeds
  }

  mutating func run(_ numbers: Range<Int>, secondsAllowed: Double) {
    let start = ContinuousClock.now
    let stream = UInt64(FuzzTarget.allCases.firstIndex(of: target) ?? 0)
    let own = seeds.files(for: target)
    for number in numbers {
      var mutator = Mutator(seed: seed, stream: stream, number: number)
      let input = target.adapted(mutator.input(from: seeds.files, own: own), &mutator)
      let began = ContinuousClock.now
      let outcome = FailureReport.watching(target, number, input) { target.check(input, &mutator) }
      let took = began.duration(to: .now) / .seconds(1)
      slowest = max(slowest, took)
      inputs += 1
      withRows += outcome.hasRows ? 1 : 0
      if let problem = outcome.problem { fail(number, problem) }
      if took > secondsAllowed { fail(number, "took \(took) s") }
    }
    seconds = start.duration(to: .now) / .seconds(1)
  }

  private mutating func fail(_ number: Int, _ problem: String) {
    failures.append(problem)
    if failures.count <= 10 {
      print("FAILURE: --seed \(seed) --reader \(target.rawValue) --only \(number): \(problem)")
    }
  }

  var summary: String {
    target.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
      + String(
        format: "%d inputs, %d with rows, %d failures, %.1f s, slowest %.1f ms", inputs, withRows, failures.count,
        seconds,
        slowest * 1000)
  }
}
