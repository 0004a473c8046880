import Analysis
import Foundation
import Testing

@Suite struct SamplerTests {
  private func counts(_ sampler: TokenSampler, _ scores: [Float], _ draws: Int, excluding: Set<Int> = []) -> [Int] {
    var sampler = sampler
    var counts = [Int](repeating: 0, count: scores.count)
    for _ in 0..<draws { counts[sampler.draw(from: scores, excluding: excluding)] += 1 }
    return counts
  }

  @Test func temperatureZeroTakesTheBestAndTheFirstOfEquals() {
    var sampler = TokenSampler(temperature: 0, seed: 1)
    #expect(sampler.draw(from: [0.1, 3, -1, 3]) == 1)
    #expect(sampler.draw(from: [9, 3, -1, 5], excluding: [0]) == 3)
  }

  /// Pearson's statistic has 4 degrees of freedom; 25 is passed once in twenty thousand times.
  @Test(arguments: [0.5, 1, 2.0], [1, 2, 3] as [UInt64])
  func frequenciesFollowTheSoftmax(temperature: Double, seed: UInt64) {
    let scores: [Float] = [0.3, -1, 1.2, 0, 0.7]
    let weights = scores.map { exp(Double($0) / temperature) }
    let total = weights.reduce(0, +)
    let draws = 20_000
    let found = counts(TokenSampler(temperature: temperature, seed: seed), scores, draws)
    let statistic = zip(found, weights).reduce(0.0) { sum, pair in
      let expected = pair.1 / total * Double(draws)
      return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
    }
    #expect(statistic < 25, "\(found)")
  }

  @Test func topCountKeepsTheBestInTheirProportions() {
    let scores: [Float] = [1, 2, 3, 2, 0]
    let found = counts(TokenSampler(temperature: 1, topCount: 2, seed: 5), scores, 20_000)
    // Of the two equal scores the first is kept.
    #expect(found[0] == 0 && found[3] == 0 && found[4] == 0)
    #expect(abs(Double(found[2]) / 20_000 - 1 / (1 + exp(-1))) < 0.02)
    #expect(counts(TokenSampler(temperature: 1, topCount: 1, seed: 5), scores, 50)[2] == 50)
    #expect(counts(TokenSampler(temperature: 1, topCount: 99, seed: 5), scores, 2000).allSatisfy { $0 > 0 })
  }

  @Test func excludedTokensAreNeverDrawn() {
    let found = counts(TokenSampler(temperature: 5, seed: 5), [9, 1, 9, 1], 2000, excluding: [0, 2])
    #expect(found[0] == 0 && found[2] == 0)
    #expect(found[1] > 800 && found[3] > 800)
    let top = counts(TokenSampler(temperature: 1, topCount: 1, seed: 5), [9, 1, 5, 1], 20, excluding: [0])
    #expect(top == [0, 0, 20, 0])
  }

  @Test func equalSeedsDrawEqually() {
    func draws(_ seed: UInt64) -> [Int] {
      var sampler = TokenSampler(temperature: 1, seed: seed)
      return (0..<50).map { _ in sampler.draw(from: [0, 0, 0, 0, 0, 0, 0, 0]) }
    }
    #expect(draws(3) == draws(3))
    #expect(draws(3) != draws(4))
  }

  @Test func extremeScores() {
    let huge = Float.greatestFiniteMagnitude
    for temperature in [1e-300, 1e-3, 1, 1e300] {
      for topCount in [0, 1, 2] {
        let sampler = TokenSampler(temperature: temperature, topCount: topCount, seed: 1)
        if temperature <= 1 {
          #expect(counts(sampler, [-huge, huge, 0], 20) == [0, 20, 0])
          #expect(counts(sampler, [-.infinity, 0, -huge], 20) == [0, 20, 0])
          #expect(counts(sampler, [0, .infinity, 0], 20)[1] == 20)
          #expect(counts(sampler, [.nan, 1, -1000], 20) == [0, 20, 0])
        }
        // All that is asked here is a token that exists.
        _ = counts(sampler, [-.infinity, -.infinity], 5)
        _ = counts(sampler, [.infinity, .infinity], 5)
        _ = counts(sampler, [.nan, .nan], 5)
        _ = counts(sampler, [huge, huge, -huge], 5)
      }
    }
  }
}
