import Corpora
import Testing

@Suite struct SplitTests {
  @Test(arguments: [
    ("1.", false, false, [1.0, 0, 0]), ("2", false, false, [1, 0, 0]), (".8", false, false, [0.8, 0.2, 0]),
    (".8", false, true, [0.8, 0.2, 0]), (".8", true, true, [1, 0, 0]),
    ("100,1,1", false, false, [0.98039, 0.00980, 0.00980]), ("1000,1,1", true, false, [0.99900, 0, 0.00100]),
    ("8/1/1", false, false, [0.8, 0.1, 0.1]), (".7,.2", false, false, [0.7, 0.2, 0.1]),
    (".5,.25,.25,.1", false, false, [0.5, 0.25, 0.25]), (".7,.2,.1", false, false, [0.7, 0.2, 0.1]),
  ]) func fractions(text: String, hasValidation: Bool, hasTest: Bool, expected: [Double]) throws {
    let split = try SplitFractions(parsing: text, hasValidation: hasValidation, hasTest: hasTest)
    for (found, wanted) in zip([split.training, split.validation, split.test], expected) {
      #expect(abs(found - wanted) < 5e-6)
    }
  }

  @Test(arguments: [
    (1000, "100,1,1", [980, 10, 10]), (9613, "100,1,1", [9424, 94, 95]), (100, ".8,.2", [80, 20, 0]),
    (25_000, ".8", [20_000, 5000, 0]), (10, "100,1,1", [8, 1, 1]), (3, "100,1,1", [1, 1, 1]), (10, "8/1/1", [8, 1, 1]),
    (5, "1.", [5, 0, 0]), (2, ".5", [1, 1, 0]),
  ]) func sizes(count: Int, text: String, expected: [Int]) throws {
    let split = try SplitFractions(parsing: text, hasValidation: false, hasTest: false)
    var generator = MersenneTwister(seed: 1234)
    let parts = try split.partition(count: count, generator: &generator)
    #expect([parts.training.count, parts.validation.count, parts.test.count] == expected)
    #expect((parts.training + parts.validation + parts.test).sorted() == Array(0..<count))
  }

  @Test func orderIsThatOfTheShuffle() throws {
    let split = try SplitFractions(parsing: "8/1/1", hasValidation: false, hasTest: false)
    var generator = MersenneTwister(seed: 1234)
    let parts = try split.partition(count: 10, generator: &generator)
    #expect(parts.training == [7, 2, 9, 1, 0, 8, 4, 5])
    #expect(parts.validation == [6])
    #expect(parts.test == [3])
  }

  @Test func theSeedAloneDecides() throws {
    let split = try SplitFractions(parsing: "100,1,1", hasValidation: false, hasTest: false)
    func parts(_ seed: UInt32) throws -> SplitFractions.Partition {
      var generator = MersenneTwister(seed: seed)
      return try split.partition(count: 9613, generator: &generator)
    }
    let first = try parts(1234)
    #expect(first == (try parts(1234)))
    #expect(first.training != (try parts(1235)).training)
    #expect([first.training.count, first.validation.count, first.test.count] == [9424, 94, 95])
    #expect(Set(first.training + first.validation + first.test).count == 9613)
  }

  @Test func aWholeIsNotShuffled() throws {
    let split = try SplitFractions(parsing: ".8", hasValidation: true, hasTest: true)
    var generator = MersenneTwister(seed: 1)
    let before = generator
    #expect(try split.partition(count: 4, generator: &generator).training == [0, 1, 2, 3])
    #expect(generator == before)
  }

  @Test func everySmallSetIsDisjointOrRefused() throws {
    for text in ["100,1,1", "1,1,1", ".9", "1,100,1"] {
      let split = try SplitFractions(parsing: text, hasValidation: false, hasTest: false)
      let wanted = [split.training, split.validation, split.test].map { $0 > 0 }
      for count in 0..<40 {
        var generator = MersenneTwister(seed: UInt32(count))
        guard count >= wanted.filter({ $0 }).count else {
          #expect(throws: CorpusError.self) { try split.partition(count: count, generator: &generator) }
          continue
        }
        let parts = try split.partition(count: count, generator: &generator)
        #expect((parts.training + parts.validation + parts.test).sorted() == Array(0..<count))
        #expect([parts.training, parts.validation, parts.test].map { !$0.isEmpty } == wanted)
      }
    }
  }

  @Test func errors() throws {
    func failure(_ text: String, _ hasValidation: Bool = false, _ hasTest: Bool = false) -> String {
      sentence { try SplitFractions(parsing: text, hasValidation: hasValidation, hasTest: hasTest) }
    }
    #expect(failure("a,1") == "split \"a,1\" cannot be used: \"a\" is not a number")
    #expect(failure("") == "split \"\" cannot be used: \"\" is not a number")
    #expect(failure("1,-1") == "split \"1,-1\" cannot be used: a part is negative")
    #expect(failure("0,1,1", true, true) == "split \"0,1,1\" cannot be used: every part is zero")
    let split = try SplitFractions(parsing: "1,1,1", hasValidation: false, hasTest: false)
    var generator = MersenneTwister(seed: 1)
    #expect(
      sentence { try split.partition(count: 2, generator: &generator) }
        == "2 rows cannot be split into 3 parts that need at least one row each")
  }
}
