import Analysis
import Testing

@Suite("Scalar thresholds and ranking area")
struct ScalarThresholdTests {
  @Test("The pair search agrees with trying every pair row by row")
  func naiveTwin() throws {
    var state: UInt64 = 11
    func next(_ count: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % count)
    }
    let labels = (0..<60).map { _ in Double(next(3)) / 2 }
    let scores = labels.map { min(max($0 * 0.6 + Double(next(100)) / 250, 0), 1) }
    var best = (matches: -1, upper: 0.0, lower: 0.0)
    for upper in 1...200 {
      for lower in 1...upper {
        let matches = zip(labels, scores).count { label, score in
          let decision = score > Double(upper) / 200 ? 1 : score < Double(lower) / 200 ? 0 : 0.5
          return decision == label
        }
        if matches > best.matches { best = (matches, Double(upper) / 200, Double(lower) / 200) }
      }
    }
    let found = try ScalarThresholdSearch().run(labels: labels, scores: scores)
    #expect(found.upper == best.upper && found.lower == best.lower)
    #expect(found.accuracy == Double(best.matches) / 60 && found.accuracy > 0.5)
    #expect(throws: AnalysisError.empty(what: "labelled rows")) {
      try ScalarThresholdSearch().run(labels: [], scores: [])
    }
  }

  @Test("The ranking area counts pairs, ties as half, and needs both classes")
  func area() throws {
    #expect(try rankingArea(labels: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8]) == 0.75)
    #expect(try rankingArea(labels: [0, 1], scores: [0.5, 0.5]) == 0.5)
    #expect(try rankingArea(labels: [0, 1, 1], scores: [0.5, 0.9, 0.6]) == 1)
    #expect(try rankingArea(labels: [1, 1], scores: [0.5, 0.6]) == nil)
  }
}
