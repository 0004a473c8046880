import Foundation
import Testing

@testable import Corpora

@Suite struct PackedSamplerTests {
  /// Texts of which every token tells its text and place: text i has tokens from 100 i + 1 on.
  private static func texts(_ lengths: [Int]) -> Documents {
    Documents(
      documents: lengths.enumerated().map { text, length in (0..<length).map { Int32(100 * text + $0 + 1) } })
  }

  private static let lengths = [7, 0, 1, 30, 2, 12, 5, 64, 3, 9]

  private static func training(
    _ source: Documents, rows: Int = 3, length: Int = 8, persistence: StatePersistence = .perText, seed: UInt32 = 5
  ) throws -> PackedSampler {
    var generator = MersenneTwister(seed: seed)
    return try PackedSampler(
      training: source, rows: rows, sequenceLength: length, persistence: persistence, generator: &generator)
  }

  /// What each row reads: its inputs with their resets and losses, one batch behind the other.
  private struct Stream {
    var inputs: [[Int32]]
    var targets: [[Int32]]
    var resets: [[Float]]
    var losses: [[Float]]

    init(_ batches: [LanguageModelBatch], rows: Int) {
      func row<Value>(_ values: (LanguageModelBatch) -> [Value]) -> [[Value]] {
        (0..<rows).map { row in
          batches.flatMap { batch in (0..<batch.sequenceLength).map { values(batch)[$0 * rows + row] } }
        }
      }
      inputs = row(\.inputs)
      targets = row(\.targets)
      resets = row(\.resetMask)
      losses = row(\.lossMask)
    }
  }

  private static func all(_ sampler: PackedSampler) throws -> [LanguageModelBatch] {
    var (sampler, batches) = (sampler, [LanguageModelBatch]())
    while let batch = try sampler.nextBatch() { batches.append(batch) }
    return batches
  }

  @Test(arguments: [1, 2, 3, 32], [1, 3, 16, 64])
  func measuringCountsEachTokenAfterTheFirstOfEachTextOnce(rows: Int, length: Int) throws {
    let source = Self.texts(Self.lengths)
    let longestFirst = try #require(try TextLengths(of: source).longestFirst)
    for order in [TextOrder.asTheyStand, .listed(longestFirst)] {
      let sampler = try PackedSampler(measuring: source, order: order, rows: rows, sequenceLength: length)
      let stream = Stream(try Self.all(sampler), rows: sampler.rows)
      var counted: [Int32] = []
      for row in 0..<sampler.rows {
        for (place, target) in stream.targets[row].enumerated() where stream.losses[row][place] > 0 {
          counted.append(target)
          #expect(stream.inputs[row][place] == target - 1, "within a text, in its order")
        }
        for (place, input) in stream.inputs[row].enumerated() {
          #expect(stream.resets[row][place] == (input % 100 == 1 ? 1 : 0))
        }
      }
      #expect(counted.sorted() == source.documents.flatMap { $0.dropFirst() })
    }
  }

  @Test func noStepIsSpentOnPaddingWhileTextsAreLeft() throws {
    let source = Self.texts(Self.lengths)
    var endless = try Self.training(source)
    for _ in 0..<40 {
      let batch = try #require(try endless.nextBatch())
      #expect(batch.sequenceLength == 8 && batch.targetCount == 24)
    }
    // The longest text alone takes 63 steps, and the others fit beside it.
    let lengths = try TextLengths(of: source)
    #expect(lengths.tokens == 133 && lengths.targets == 124 && lengths.longest == 64)
    #expect(lengths.rows(atMost: 256) == 2 && lengths.rows(atMost: 1) == 1)
    let measuring = try PackedSampler(
      measuring: source, order: .listed(lengths.longestFirst ?? []), rows: 2, sequenceLength: 16)
    let steps = try Self.all(measuring).map(\.sequenceLength)
    #expect(steps.dropLast().allSatisfy { $0 == 16 } && (66...72).contains(steps.reduce(0, +)), "\(steps)")
  }

  @Test func everyPassHasEachTextOnceInAnotherOrder() throws {
    let source = Self.texts(Array(repeating: 4, count: 20))
    func orders(seed: UInt32) throws -> [[Int32]] {
      let sampler = try Self.training(source, rows: 1, length: 4 * 20 * 3, seed: seed)
      var copy = sampler
      let batch = try #require(try copy.nextBatch())
      let starts = batch.inputs.indices.filter { batch.resetMask[$0] > 0 }.map { batch.inputs[$0] / 100 }
      return (0..<3).map { Array(starts[$0 * 20..<$0 * 20 + 20]) }
    }
    let passes = try orders(seed: 1)
    #expect(passes.allSatisfy { $0.sorted() == Array(0..<20) })
    #expect(Set(passes).count == 3)
    #expect(try orders(seed: 1) == passes)
    #expect(try orders(seed: 2) != passes)
  }

  @Test func theStateRunsOnOnlyWhereItShould() throws {
    let source = Self.texts([3, 3])
    var carried = try Self.training(source, rows: 1, persistence: .never)
    #expect(try carried.nextBatch()?.resetMask.allSatisfy { $0 == 0 } == true)
    var zeroed = try Self.training(source, rows: 1, persistence: .perShard)
    #expect(try zeroed.nextBatch()?.resetMask == [1, 0, 0, 1, 0, 0, 1, 0])
  }

  @Test(arguments: [1, 2, 7, 23])
  func goesOnWhereItStood(after batches: Int) throws {
    let source = Self.texts(Self.lengths)
    var whole = try Self.training(source)
    for _ in 0..<batches { _ = try whole.nextBatch() }
    let state = try #require(whole.trainingState)
    var restored = try JSONDecoder().decode(SamplerState.self, from: JSONEncoder().encode(state))
    #expect(restored.lacksRows)
    let arrays = Dictionary(uniqueKeysWithValues: state.arrays.map { ($0.name, $0.values) })
    #expect(arrays.keys.allSatisfy { $0.hasPrefix("sampler.") })
    try restored.takeRows { try #require(arrays[$0]) }
    #expect(restored == state)
    // The seed of the orders is that of the state.
    var resumed = try Self.training(source, seed: 99)
    try resumed.restore(restored)
    for _ in 0..<12 { #expect(try resumed.nextBatch() == whole.nextBatch()) }
  }

  @Test func refusesWhatDoesNotFit() throws {
    let source = Self.texts(Self.lengths)
    var sampler = try Self.training(source)
    _ = try sampler.nextBatch()
    let state = try #require(sampler.trainingState)
    var wide = try Self.training(source, rows: 4)
    #expect(throws: CorpusError.stateMismatch(reason: "the batch size was 3 and is 4")) { try wide.restore(state) }
    var long = try Self.training(source, length: 9)
    #expect(throws: CorpusError.stateMismatch(reason: "the sequence length was 8 and is 9")) { try long.restore(state) }
    var fewer = try Self.training(Self.texts([5, 5]))
    #expect(throws: CorpusError.stateMismatch(reason: "the number of texts was 10 and is 2")) {
      try fewer.restore(state)
    }
    var shorter = try Self.training(Self.texts(Self.lengths.map { min($0, 1) }))
    #expect(throws: CorpusError.stateMismatch(reason: "its texts are shorter than they were")) {
      try shorter.restore(state)
    }
    var shards = try ShardSampler(source: source, rowSeeds: [1, 2, 3], sequenceLength: 8)
    #expect(throws: CorpusError.stateMismatch(reason: "its texts were sampled in another way")) {
      try shards.restore(state)
    }
    guard case .shuffled(var wrong) = state else { return }
    wrong.rows[0].text = wrong.taken
    #expect(throws: CorpusError.stateMismatch(reason: "it names texts that were not taken")) {
      try sampler.restore(.shuffled(wrong))
    }
    var empty = try Self.training(Self.texts([0, 0]))
    #expect(throws: CorpusError.noTokens) { try empty.nextBatch() }
    #expect(throws: CorpusError.noTokens) { try Self.training(Self.texts([])) }
    #expect(throws: CorpusError.invalidBatch(reason: "the batch size is 0; it must be at least 1")) {
      try Self.training(source, rows: 0)
    }
  }

  @Test func lengthsAreLookedAtNoFurtherThanAsked() throws {
    let source = Self.texts(Self.lengths)
    let some = try TextLengths(of: source, upTo: 20)
    #expect(some.tokens == 38 && some.longestFirst == nil)
    #expect(try TextLengths(of: source, listing: 9).longestFirst == nil)
    #expect(try TextLengths(of: source).longestFirst == [7, 3, 5, 9, 0, 6, 8, 4, 2, 1])
  }
}
