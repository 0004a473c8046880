import Foundation
import Tensors

/// Draws the next token from a model's scores.
public struct TokenSampler: Sendable {
  /// 0 takes the most probable token; otherwise scores are divided by it before the softmax.
  public let temperature: Double
  /// Only this many of the highest scores are drawn from; 0 for all.
  public let topCount: Int
  private var generator: SeededGenerator

  /// Makes a sampler; equal seeds draw equally from equal scores.
  public init(temperature: Double, topCount: Int = 0, seed: UInt64) {
    self.temperature = temperature
    self.topCount = topCount
    generator = RandomStreams(seed: seed).generator(of: .generation)
  }

  /// A token with probability proportional to `exp(score / temperature)`; never one of `excluded`.
  public mutating func draw(from scores: [Float], excluding excluded: Set<Int> = []) -> Int {
    var candidates = scores.indices.filter { !excluded.contains($0) && !scores[$0].isNaN }
    guard let best = candidates.max(by: { scores[$0] < scores[$1] }) else { return excluded.contains(0) ? 1 : 0 }
    if temperature == 0 { return best }
    if topCount > 0, topCount < candidates.count {
      candidates = Array(candidates.sorted { (scores[$0], -$0) > (scores[$1], -$1) }.prefix(topCount))
    }
    // The highest score is subtracted first, so that a small temperature cannot overflow.
    let weights = candidates.map { exp(Double(scores[$0] - scores[best]) / temperature) }
    var left = generator.uniform() * weights.reduce(0, +)
    for (token, weight) in zip(candidates, weights) {
      left -= weight
      if left < 0 { return token }
    }
    return best
  }
}
