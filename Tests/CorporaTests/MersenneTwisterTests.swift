import Corpora
import Foundation
import Testing

@Suite struct MersenneTwisterTests {
  @Test func drawsAreThoseOfTheOriginal() {
    var generator = MersenneTwister(seed: 1234)
    #expect((0..<4).map { _ in generator.draw(upTo: 3995) } == [2863, 723, 1318, 3125])
    generator = MersenneTwister(seed: 1234)
    #expect(generator.permutation(10) == [7, 2, 9, 1, 0, 8, 4, 5, 6, 3])
    generator = MersenneTwister(seed: 2863)
    #expect((0..<9).map { _ in generator.draw(upTo: 9) } == [0, 2, 0, 4, 4, 6, 0, 3, 6])
  }

  /// The 10,000th output for seed 5489 is fixed by the C++ standard.
  @Test func tenThousandthOutput() {
    var generator = MersenneTwister(seed: 5489)
    for _ in 1..<10_000 { _ = generator.next32() }
    #expect(generator.next32() == 4_123_659_995)
  }

  @Test func drawingUpToZeroDrawsNothing() {
    var generator = MersenneTwister(seed: 1)
    let before = generator
    #expect(generator.draw(upTo: 0) == 0)
    #expect(generator == before)
  }

  @Test func uniformNumbersStayInRange() {
    var generator = MersenneTwister(seed: 3)
    let numbers = (0..<20_000).map { _ in generator.uniform(in: -2..<3) }
    #expect(numbers.allSatisfy { $0 >= -2 && $0 < 3 })
    #expect(abs(numbers.reduce(0, +) / 20_000 - 0.5) < 0.05)
  }

  @Test func goesOnFromASavedState() throws {
    var generator = MersenneTwister(seed: 77)
    for _ in 0..<1000 { _ = generator.next32() }
    var copy = try JSONDecoder().decode(MersenneTwister.self, from: JSONEncoder().encode(generator))
    #expect((0..<2000).allSatisfy { _ in copy.next32() == generator.next32() })
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(MersenneTwister.self, from: Data(#"{"words":"AAAA","place":0}"#.utf8))
    }
  }
}
