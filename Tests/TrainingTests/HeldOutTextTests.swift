import Corpora
import TestSupport
import Testing

@testable import Training

@Suite struct HeldOutTextTests {
  /// Ten tokens a text.
  private static func held(_ texts: Int, rows: Int? = nil, batches: Int? = nil) throws -> HeldOutText {
    let source = CleanedTexts(TextStore((0..<texts).map { _ in "ten bytes." }), cleaning: .none)
    return try HeldOutText(source, rows: rows, sequenceLength: 16, batches: batches)
  }

  @Test func allIsReadInAsManyRowsAsItFills() throws {
    let few = try Self.held(8)
    #expect(few.sampler.rows == 8 && few.targets == 72 && few.batches == nil)
    #expect(try Self.held(1000).sampler.rows == HeldOutText.mostRows)
    #expect(try Self.held(1000, rows: 3).sampler.rows == 3)
    #expect(try Self.held(2, rows: 300).sampler.rows == 2)
  }

  @Test func aLimitInBatchesIsKept() throws {
    let some = try Self.held(1000, rows: 2, batches: 3)
    #expect(some.targets == 90 && some.sampler.order == .asTheyStand)
    #expect(try Self.held(4, rows: 2, batches: .max).targets == 36)
  }

  @Test func textsWithoutTargetsAreRefused() throws {
    let source = CleanedTexts(TextStore(["a", "", "b"]), cleaning: .none)
    #expect(throws: CorpusError.noTokens) {
      try HeldOutText(source, rows: nil, sequenceLength: 16, batches: nil)
    }
  }

  @Test func noneMeansNoEvaluation() throws {
    try withTemporaryFolder { folder in
      var run = try PretrainingTests.configuration(folder)
      run.validation = .none
      run.test = .none
      var events = 0
      let result = try Pretraining(
        run,
        observe: {
          switch $0 {
          case .validating, .testing, .evaluating, .tested, .epochEnded(_, _, _, _, _, true):
            events += 1
          case .dataLoaded(_, let training, let validation, let test):
            #expect(training == 40 && validation == 0 && test == 0)
          default: break
          }
        }
      ).run()
      #expect(events == 0)
      #expect(result.validationLoss == nil && result.testLoss == nil && result.savedPath == run.save)
    }
  }

  @Test func progressShowsWhileEvaluating() throws {
    try withTemporaryFolder { folder in
      let run = try PretrainingTests.configuration(folder)
      var seen: [HeldOutPart: [Int]] = [:]
      var totals: Set<Int> = []
      _ = try Pretraining(run) {
        guard case .evaluating(let part, let tokens, let total) = $0 else { return }
        seen[part, default: []].append(tokens)
        totals.insert(total)
      }.run()
      let validation = try #require(seen[.validation])
      #expect(
        validation.count == 9 && Array(validation[3..<6]) == Array(validation[..<3]), "three batches, three times")
      #expect(validation[0] < validation[1] && validation[2] == totals.min())
      #expect(seen[.test]?.count == 3)
    }
  }
}
