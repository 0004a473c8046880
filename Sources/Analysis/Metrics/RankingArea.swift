/// The area under the ROC curve: the chance that a true row scores above a false one, ties counting half.
///
/// - Parameters:
///   - labels: y of each row; truth is y > 0.5.
///   - scores: p of each row; one that is not a number ranks lowest.
/// - Returns: The area, or nil when all rows are of one class.
/// - Throws: ``AnalysisError/rowCount(what:expected:found:)`` when the lengths differ.
public func rankingArea(labels: [Double], scores: [Double]) throws -> Double? {
  guard labels.count == scores.count else {
    throw AnalysisError.rowCount(what: "scores", expected: labels.count, found: scores.count)
  }
  let rows = zip(labels, scores).map { (isTrue: $0 > 0.5, score: $1.isNaN ? -Double.infinity : $1) }
    .sorted { $0.score < $1.score }
  let positives = rows.count { $0.isTrue }
  let negatives = rows.count - positives
  guard positives > 0, negatives > 0 else { return nil }

  var area = 0.0
  var negativesBelow = 0
  var start = 0
  while start < rows.count {
    var end = start
    var tied = (positive: 0, negative: 0)
    while end < rows.count, rows[end].score == rows[start].score {
      if rows[end].isTrue { tied.positive += 1 } else { tied.negative += 1 }
      end += 1
    }
    area += Double(tied.positive) * (Double(negativesBelow) + Double(tied.negative) / 2)
    negativesBelow += tied.negative
    start = end
  }
  return area / (Double(positives) * Double(negatives))
}
