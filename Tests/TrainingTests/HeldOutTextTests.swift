import Corpora
import TestSupport
import Testing

@testable import Training

@Suite struct HeldOutTextTests {
  private static func held(_ texts: Int, rows: Int = 4, length: Int = 16, batches: Int? = nil) throws -> HeldOutText {
    // Ten tokens a text.
    let source = CleanedTexts(TextStore((0..<texts).map { _ in "ten bytes." }), cleaning: .none)
    return try HeldOutText(
      try ShardSampler(source: source, rows: rows, sequenceLength: length, seed: 1), batches: batches)
  }

  @Test func littleTextIsReadAboutTenTimes() throws {
    let few = try Self.held(8)
    #expect(few.batches == 13, "800 of 64 tokens a batch")
    #expect(few.limit == HeldOutLimit(batches: 13, usual: 100, texts: 8, tokens: 80))
    #expect(try Self.held(1, rows: 128, length: 256).batches == 1)
  }

  @Test func longTextIsReadAsUsual() throws {
    let many = try Self.held(64)
    #expect(many.batches == 100 && many.limit == nil)
    #expect(try Self.held(63).batches == 99)
  }

  @Test func whatWasAskedForIsDone() throws {
    let asked = try Self.held(1, batches: 500)
    #expect(asked.batches == 500 && asked.limit == nil)
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
          case .validating, .testing, .evaluating, .tested, .evaluationLimited, .epochEnded(_, _, _, _, _, true):
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
      _ = try Pretraining(run) {
        if case .evaluating(let part, let batch, 3) = $0 { seen[part, default: []].append(batch) }
      }.run()
      #expect(seen == [.validation: [1, 2, 3, 1, 2, 3, 1, 2, 3], .test: [1, 2, 3]])
    }
  }
}
