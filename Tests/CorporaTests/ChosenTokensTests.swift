import Testing

@testable import Corpora

@Suite struct ChosenTokensTests {
  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 1000, 4097])
  func anOrderHasEveryNumberOnce(_ count: Int) {
    var generator = MersenneTwister(seed: 3)
    let order = PseudorandomOrder(count: count, generator: &generator)
    let numbers = (0..<count).map { order[$0] }
    #expect(numbers.sorted() == Array(0..<count))
    if count > 100 { #expect(numbers != Array(0..<count)) }
  }

  @Test func ordersDifferBySeedAndSpreadNeighbours() {
    var (first, second) = (MersenneTwister(seed: 1), MersenneTwister(seed: 2))
    let (a, b) = (
      PseudorandomOrder(count: 10_000, generator: &first), PseudorandomOrder(count: 10_000, generator: &second)
    )
    #expect(a != b)
    #expect((0..<10_000).filter { a[$0] == b[$0] }.count < 20)
    // A tenth of the places should hold a tenth of each half of the numbers.
    let low = (0..<1000).filter { a[$0] < 5000 }.count
    #expect((430...570).contains(low))
    #expect((1..<10_000).filter { abs(a[$0] - a[$0 - 1]) < 100 }.count < 400)
  }

  @Test func partsOfManyRowsAreDisjointAndHaveTheSameSizes() throws {
    let fractions = try SplitFractions(parsing: "8,1,1", hasValidation: false, hasTest: false)
    var (first, second) = (MersenneTwister(seed: 5), MersenneTwister(seed: 5))
    let listed = try fractions.choices(count: 1003, generator: &first)
    let unlisted = try fractions.choices(count: 1003, generator: &second, listedRows: 100)
    func rows(_ choice: ChosenTokens.Choice?) -> [Int] {
      choice.map { choice in (0..<choice.count).map { choice[$0] } } ?? []
    }
    for parts in [listed, unlisted] {
      let all = [parts.training, parts.validation, parts.test].map(rows)
      #expect(all.map(\.count) == [802, 100, 101])
      #expect(all.flatMap { $0 }.sorted() == Array(0..<1003))
    }
    var third = MersenneTwister(seed: 5)
    #expect(rows(listed.training) == (try fractions.partition(count: 1003, generator: &third)).training)
    let whole = try SplitFractions(parsing: "1", hasValidation: false, hasTest: false)
    let parts = try whole.choices(count: 7, generator: &third)
    #expect(rows(parts.training) == Array(0..<7) && parts.validation == nil && parts.test == nil)
  }

  @Test func chosenTextsAreThoseOfTheSource() throws {
    let source = Documents(documents: [[1], [2, 3], [4]])
    let chosen = ChosenTokens(source, .listed([2, 0]))
    #expect(chosen.count == 2)
    #expect(try chosen.tokens(at: 0) == [4])
    #expect(try chosen.tokens(at: 1) == [1])
  }

  @Test func targetsAreCountedWithTheirBytes() throws {
    struct Wide: TokenSource {
      var count: Int { 1 }
      var byteCounts: [Int32]? { [0, 3, 5] }
      func tokens(at index: Int) -> [Int32] { [1, 2, 1] }
    }
    var sampler = try ShardSampler(source: Wide(), rowSeeds: [1], sequenceLength: 4, samplesPerShard: 1)
    #expect(sampler.delivered.bytesPerTarget == nil)
    _ = try sampler.nextBatch()
    // The first token is no target.
    #expect(sampler.delivered.targets == 2 && sampler.delivered.bytes == 8 && sampler.delivered.bytesPerTarget == 4)
    sampler.restart()
    #expect(sampler.delivered.targets == 0 && sampler.delivered.bytes == 0)
    var plain = try ShardSampler(source: Documents(documents: [[1, 2, 3]]), rowSeeds: [1], sequenceLength: 8)
    #expect(plain.delivered.bytesPerTarget == 1)
    _ = try plain.nextBatch()
    #expect(plain.delivered.targets == 8 && plain.delivered.bytes == 8)
  }
}
