/// The scores of one class, sorted apart for true and false rows, so that counts at any threshold take O(log N).
struct RankedScores: Sendable {
  private let positives: [Double]
  private let negatives: [Double]

  /// Labels and scores must have the same length; a score that is not a number is never above a threshold.
  init(labels: [Double], scores: [Double]) {
    var positives: [Double] = []
    var negatives: [Double] = []
    for (label, score) in zip(labels, scores) {
      let comparable = score.isNaN ? -Double.infinity : score
      if label > 0.5 { positives.append(comparable) } else { negatives.append(comparable) }
    }
    self.positives = positives.sorted()
    self.negatives = negatives.sorted()
  }

  func counts(threshold: Double) -> ClassificationCounts {
    let falseNegatives = Self.countAtMost(threshold, in: positives)
    let trueNegatives = Self.countAtMost(threshold, in: negatives)
    return ClassificationCounts(
      truePositives: positives.count - falseNegatives, falsePositives: negatives.count - trueNegatives,
      falseNegatives: falseNegatives, trueNegatives: trueNegatives)
  }

  private static func countAtMost(_ threshold: Double, in sorted: [Double]) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
