import Foundation
import Testing

@testable import Corpora

/// Documents given as they are.
struct Documents: TokenSource {
  var documents: [[Int32]]
  var count: Int { documents.count }
  func tokens(at index: Int) -> [Int32] { documents[index] }
}

@Suite struct ShardSamplerTests {
  /// A sampler of one row whose first shard draws the documents in their order, found by trying seeds.
  private func sampler(
    _ documents: [[Int32]], _ sequenceLength: Int, _ persistence: StatePersistence
  ) throws -> ShardSampler {
    let seed = (UInt32(0)...).first { seed in
      var generator = MersenneTwister(seed: seed)
      return documents.indices.allSatisfy { generator.draw(upTo: documents.count - 1) == $0 }
    }
    return try ShardSampler(
      source: Documents(documents: documents), rowSeeds: [try #require(seed)], sequenceLength: sequenceLength,
      persistence: persistence, samplesPerShard: documents.count)
  }

  private struct Window: Equatable, CustomStringConvertible {
    var tokens: [Int32]
    var reset: [Float]
    var loss: [Float]
    var description: String { "\(tokens) \(reset) \(loss)" }
  }

  private func windows(
    _ documents: [[Int32]], _ sequenceLength: Int, _ persistence: StatePersistence, _ count: Int
  ) throws -> [Window] {
    var sampler = try sampler(documents, sequenceLength, persistence)
    return try (0..<count).map { _ in
      let batch = try sampler.nextWindows()
      return Window(tokens: batch.tokens, reset: batch.resetMask, loss: batch.lossMask)
    }
  }

  @Test(arguments: [
    (StatePersistence.perShard, [[Float]]([[1, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]])),
    (.perText, [[1, 0, 0, 0, 0], [0, 1, 0, 0, 1], [1, 0, 0, 0, 0]]),
    (.never, [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]),
  ]) func threeTexts(persistence: StatePersistence, reset: [[Float]]) throws {
    let found = try windows([[1, 2, 3, 4, 5], [6, 7, 8], [9, 10, 11, 12]], 4, persistence, 3)
    #expect(
      found == [
        Window(tokens: [1, 2, 3, 4, 5], reset: reset[0], loss: [1, 1, 1, 1, 0]),
        Window(tokens: [5, 6, 7, 8, 9], reset: reset[1], loss: [1, 1, 1, 1, 0]),
        Window(tokens: [9, 10, 11, 12, 0], reset: reset[2], loss: [1, 1, 1, 0, 0]),
      ])
  }

  @Test func shardsThatEndWithAWindow() throws {
    var sampler = try sampler([[1, 2, 3, 4, 5], [6, 7, 8, 9]], 4, .perShard)
    #expect(try sampler.nextWindows().tokens == [1, 2, 3, 4, 5])
    #expect(try sampler.nextWindows().tokens == [5, 6, 7, 8, 9])
    // The next window starts another shard.
    #expect(try sampler.nextWindows().resetMask == [1, 0, 0, 0, 0])
    let short = try windows([[1, 2, 3], [6, 7]], 8, .perShard, 1)[0]
    #expect(short.tokens == [1, 2, 3, 6, 7, 0, 0, 0, 0])
    #expect(short.loss == [1, 1, 1, 1, 0, 0, 0, 0, 0])
  }

  @Test func resetsAtEveryText() throws {
    #expect(
      try windows([[1, 2, 3], [4, 5, 6, 7], [8, 9]], 4, .perText, 2) == [
        Window(tokens: [1, 2, 3, 4, 5], reset: [1, 0, 0, 1, 0], loss: [1, 1, 1, 1, 0]),
        Window(tokens: [5, 6, 7, 8, 9], reset: [0, 0, 0, 1, 0], loss: [1, 1, 1, 1, 0]),
      ])
    #expect(
      try windows([[1, 2, 3, 4, 5], [6, 7], [8]], 4, .perText, 2) == [
        Window(tokens: [1, 2, 3, 4, 5], reset: [1, 0, 0, 0, 0], loss: [1, 1, 1, 1, 0]),
        Window(tokens: [5, 6, 7, 8, 0], reset: [0, 1, 0, 1, 0], loss: [1, 1, 1, 0, 0]),
      ])
    #expect(
      try windows([[1, 2, 3, 4, 5, 6], [7, 8]], 5, .perText, 2) == [
        Window(tokens: [1, 2, 3, 4, 5, 6], reset: [1, 0, 0, 0, 0, 0], loss: [1, 1, 1, 1, 1, 0]),
        Window(tokens: [6, 7, 8, 0, 0, 0], reset: [0, 1, 0, 0, 0, 0], loss: [1, 1, 0, 0, 0, 0]),
      ])
  }

  @Test func emptyTextsAreLeftOut() throws {
    #expect(
      try windows([[], [1, 2], [], [3]], 4, .perText, 1) == [
        Window(tokens: [1, 2, 3, 0, 0], reset: [1, 0, 1, 0, 0], loss: [1, 1, 0, 0, 0])
      ])
  }

  @Test func batchesAreTimeMajor() throws {
    var windows = try sampler([[1, 2, 3], [4, 5, 6, 7], [8, 9]], 4, .perText)
    let batch = try windows.nextBatch()
    #expect(batch.inputs == [1, 2, 3, 4])
    #expect(batch.targets == [2, 3, 4, 5])
    #expect(batch.resetMask == [1, 0, 0, 1])
    #expect(batch.targetCount == 4)

    var three = try ShardSampler(
      source: Documents(documents: (0..<7).map { first in (1...9).map { Int32(first * 10 + $0) } }), rows: 3,
      sequenceLength: 5, samplesPerShard: 4, seed: 8)
    var same = three
    let rowMajor = try three.nextWindows()
    let timeMajor = try same.nextBatch()
    for row in 0..<3 {
      for time in 0..<5 {
        #expect(timeMajor.inputs[time * 3 + row] == rowMajor.tokens[row * 6 + time])
        #expect(timeMajor.targets[time * 3 + row] == rowMajor.tokens[row * 6 + time + 1])
        #expect(timeMajor.lossMask[time * 3 + row] == rowMajor.lossMask[row * 6 + time])
      }
    }
  }

  /// Rows against a plain reading of the definition: draw, concatenate, cut.
  @Test func agreesWithTheDefinition() throws {
    var lengths = MersenneTwister(seed: 4)
    let documents = (0..<23).map { number -> [Int32] in
      (0..<lengths.draw(upTo: 30)).map { Int32(number * 100 + $0 + 1) }
    }
    for (rows, steps, samples) in [(1, 1, 1), (3, 7, 5), (5, 16, 100), (2, 64, 2)] {
      var generator = MersenneTwister(seed: 1234)
      var sampler = try ShardSampler(
        source: Documents(documents: documents), rows: rows, sequenceLength: steps, persistence: .perText,
        samplesPerShard: samples, generator: &generator)
      var seeds = MersenneTwister(seed: 1234)
      #expect(sampler.rowSeeds == (0..<rows).map { _ in UInt32(seeds.draw(upTo: rows * 999 - 1)) })
      #expect(seeds == generator)
      var expected = sampler.rowSeeds.map { seed -> [Window] in
        var draws = MersenneTwister(seed: seed)
        var windows: [Window] = []
        while windows.count < 40 {
          let shard = (0..<samples).map { _ in documents[draws.draw(upTo: documents.count - 1)] }
          let tokens = shard.flatMap { $0 }
          let starts = shard.flatMap { text in text.indices.map { Float($0 == 0 ? 1 : 0) } }
          for start in stride(from: 0, to: tokens.count - 1, by: steps) {
            let real = min(steps + 1, tokens.count - start)
            let padding = steps + 1 - real
            windows.append(
              Window(
                tokens: tokens[start..<(start + real)] + [Int32](repeating: 0, count: padding),
                reset: starts[start..<(start + real)] + [Float](repeating: 0, count: padding),
                loss: [Float](repeating: 1, count: real - 1) + [Float](repeating: 0, count: padding + 1)))
          }
        }
        return windows
      }
      for _ in 0..<40 {
        let batch = try sampler.nextWindows()
        for row in 0..<rows {
          let range = (row * (steps + 1))..<((row + 1) * (steps + 1))
          let found = Window(
            tokens: Array(batch.tokens[range]), reset: Array(batch.resetMask[range]), loss: Array(batch.lossMask[range])
          )
          #expect(found == expected[row].removeFirst())
        }
      }
    }
  }

  @Test func goesOnFromASavedState() throws {
    let texts = TextStore((0..<50).map { String(repeating: "text \($0) ", count: $0 % 7 + 1) })
    let source = CleanedTexts(texts, cleaning: .processString)
    for taken in [0, 1, 2, 3, 10, 100] {
      var sampler = try ShardSampler(source: source, rows: 5, sequenceLength: 17, samplesPerShard: 3, seed: 6)
      for _ in 0..<taken { _ = try sampler.nextBatch() }
      let saved = try JSONEncoder().encode(sampler.state)
      var resumed = try ShardSampler(source: source, rows: 5, sequenceLength: 17, samplesPerShard: 3, seed: 999)
      var state = try JSONDecoder().decode(ShardSamplerState.self, from: saved)
      #expect(state.rows.isEmpty && saved.count < 200)
      let arrays = sampler.state.arrays
      #expect(arrays.allSatisfy { $0.values.count == $0.shape.reduce(1, *) })
      try state.takeRows { name in try #require(arrays.first { $0.name == name }).values }
      try resumed.restore(state)
      for _ in 0..<60 { #expect(try resumed.nextBatch() == sampler.nextBatch()) }
      #expect(resumed.state == sampler.state)
    }
  }

  /// Version 1 of the state had its rows in the text.
  @Test func takesAStateWithItsRowsInTheText() throws {
    let source = Documents(documents: [[1, 2, 3], [4, 5, 6, 7]])
    var sampler = try ShardSampler(source: source, rows: 2, sequenceLength: 4, seed: 1)
    _ = try sampler.nextBatch()
    let rows = String(decoding: try JSONEncoder().encode(sampler.state.rows), as: UTF8.self)
    let text = #"{"sourceCount":2,"sequenceLength":4,"samplesPerShard":100,"rows":\#(rows)}"#
    let state = try JSONDecoder().decode(ShardSamplerState.self, from: Data(text.utf8))
    #expect(state == sampler.state && !state.rows.isEmpty)
  }

  @Test func arraysThatDoNotFitAreRefused() throws {
    var sampler = try ShardSampler(
      source: Documents(documents: [[1, 2, 3]]), rows: 2, sequenceLength: 4, samplesPerShard: 3, seed: 1)
    _ = try sampler.nextBatch()
    let state = sampler.state
    for spoiled in state.arrays.map(\.name) {
      for change in [{ $0 + [1] }, { Array($0.dropLast()) }, { _ in [] }] as [([Int64]) -> [Int64]] {
        var found = state
        #expect(throws: CorpusError.self) {
          try found.takeRows { name in
            let values = state.arrays.first { $0.name == name }?.values ?? []
            return name == spoiled ? change(values) : values
          }
        }
      }
    }
    // The place of a generator is behind its words.
    var found = state
    #expect(throws: CorpusError.stateMismatch(reason: "row 1 has no random generator")) {
      try found.takeRows { name in
        let values = state.arrays.first { $0.name == name }?.values ?? []
        return name.hasSuffix("generators") ? values.dropLast() + [625] : values
      }
    }
  }

  @Test func evaluationRepeatsAndTrainingGoesOn() throws {
    let source = CleanedTexts(TextStore(["one text", "another", "a third one"]), cleaning: .none)
    var sampler = try ShardSampler(source: source, rows: 2, sequenceLength: 4, samplesPerShard: 5, seed: 1)
    let first = try (0..<5).map { _ in try sampler.nextBatch() }
    let next = try (0..<5).map { _ in try sampler.nextBatch() }
    #expect(first != next)
    sampler.restart()
    #expect(try (0..<5).map { _ in try sampler.nextBatch() } == first)
  }

  @Test func statesOfOtherDataAreRefused() throws {
    let source = Documents(documents: [[1, 2, 3], [4, 5]])
    var sampler = try ShardSampler(source: source, rows: 2, sequenceLength: 4, seed: 1)
    _ = try sampler.nextBatch()
    let state = sampler.state
    func failure(_ other: Documents, _ rows: Int, _ length: Int, _ samples: Int = 100) -> String {
      sentence {
        var sampler = try ShardSampler(
          source: other, rows: rows, sequenceLength: length, samplesPerShard: samples, seed: 1)
        try sampler.restore(state)
      }
    }
    let prefix = "the saved data position does not fit: "
    #expect(failure(source, 3, 4) == prefix + "the batch size was 2 and is 3")
    #expect(failure(source, 2, 5) == prefix + "the sequence length was 4 and is 5")
    #expect(failure(source, 2, 4, 9) == prefix + "the number of texts a shard was 100 and is 9")
    #expect(failure(Documents(documents: [[1]]), 2, 4) == prefix + "the number of texts was 2 and is 1")
    #expect(failure(Documents(documents: [[], []]), 2, 4) == prefix + "its texts are shorter than they were")
  }

  @Test func shapesAndTextsThatGiveNoBatch() throws {
    let source = Documents(documents: [[1, 2]])
    func failure(_ rows: Int, _ length: Int, _ samples: Int = 100, source: Documents) -> String {
      sentence {
        var sampler = try ShardSampler(
          source: source, rows: rows, sequenceLength: length, samplesPerShard: samples, seed: 1)
        _ = try sampler.nextBatch()
      }
    }
    #expect(failure(0, 4, source: source) == "the batch size is 0; it must be at least 1")
    #expect(failure(2, -1, source: source) == "the sequence length is -1; it must be at least 1")
    #expect(failure(2, 1, 0, source: source) == "a shard has 0 texts; it must have at least 1")
    for documents in [[], [[]], [[], []]] as [[[Int32]]] {
      #expect(failure(2, 4, source: Documents(documents: documents)) == "the texts hold no tokens to learn from")
    }
    #expect(failure(2, 4, 1, source: Documents(documents: [[1]])) == "the texts hold no tokens to learn from")
    #expect(failure(2, 4, 2, source: Documents(documents: [[1]])) == "no error")
    // One usable text among many empty ones is found in the end.
    let rare = Documents(documents: [[Int32]](repeating: [], count: 50) + [[1, 2, 3]])
    #expect(failure(2, 4, 2, source: rare) == "no error")
  }

  @Test func transposedOrder() {
    #expect(Array(TransposedOrder(count: 7, batchSize: 2)) == [0, 3, 1, 4, 2, 5])
    #expect(Array(TransposedOrder(count: 12, batchSize: 3)) == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    #expect(Array(TransposedOrder(count: 2, batchSize: 3)).isEmpty)
  }
}
