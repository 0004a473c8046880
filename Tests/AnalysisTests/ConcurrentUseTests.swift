import Corpora
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Analysis

/// Several threads at once, each with an engine and a model of its own, over one pool, one file and one cache.
///
/// `scripts/sanitize` runs this under the thread sanitizer.
@Suite struct ConcurrentUseTests {
  /// What a thread computed and read.
  private struct Outcome: Equatable {
    var losses: [Float] = []
    var gradients: [Float] = []
    var texts: [String] = []
    var features: [Float] = []
  }

  /// What threads hand in, and when all have.
  private final class Outcomes: @unchecked Sendable {
    private let condition = NSCondition()
    private var all: [Outcome?] = []

    func add(_ outcome: Outcome?) {
      condition.withLock {
        all.append(outcome)
        condition.signal()
      }
    }

    func wait(for count: Int) -> [Outcome?] {
      condition.withLock {
        while all.count < count { condition.wait() }
        return all
      }
    }
  }

  private static func work(in folder: String) throws -> Outcome {
    var outcome = Outcome()
    let model = try tinyModel(hidden: 37)
    for kind in MatrixBackendKind.allCases {
      let tape = Tape(Engine(kind), recording: true)
      let tokens = (0..<4 * 20).map { Int32($0 * 7 % 250) }
      let (logits, _) = model.logits(
        tokens: tokens, rows: 4, resetMask: nil, state: RecurrentState(zerosFor: 4, configuration: model.configuration),
        on: tape)
      let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: tokens.reversed(), on: tape)
      tape.backward(from: loss.variable)
      outcome.losses += loss.variable.value.values
    }
    for parameter in model.parameters { outcome.gradients += parameter.variable.gradient?.values ?? [] }
    let corpus = try CorpusReader.read([folder + "/reviews.csv"], options: ReadingOptions())
    outcome.texts = (0..<corpus.count).map { corpus.texts.string(at: $0) }
    let cache = FeatureCache(folder: folder + "/cache")
    let features = try FeatureMatrix(rows: 2, columns: 2, values: [1, 2, 3, 4])
    for _ in 0..<3 {
      try cache.store(.train, features, labels: [0, 1], fingerprint: "f")
      // Another thread may be about to write them anew.
      outcome.features = (cache.features(.train, fingerprint: "f", rows: 2, columns: 2) ?? features).values
    }
    return outcome
  }

  @Test func threadsComputeWhatOneAloneDoes() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<200).map { "\($0 % 2),Text number \($0)" }
      try Data((["label,sentence"] + rows).joined(separator: "\n").utf8)
        .write(to: URL(fileURLWithPath: folder + "/reviews.csv"))
      let pool = BufferPool()
      let outcomes = Outcomes()
      for _ in 0..<4 {
        Thread.detachNewThread {
          BufferPool.$current.withValue(pool) { outcomes.add(try? Self.work(in: folder)) }
        }
      }
      let together = outcomes.wait(for: 4)
      let alone = try Self.work(in: folder)
      #expect(alone.losses.count == MatrixBackendKind.allCases.count && !alone.gradients.isEmpty)
      #expect(alone.texts.count == 200)
      for outcome in together { #expect(outcome == alone) }
    }
  }
}
