import Testing

@testable import ToolSupport

@Suite struct NearestWordTests {
  @Test(arguments: [
    ("lod", "load"), ("inptu", "input"), ("train-itres", "train-iters"), ("temp", "temperature"),
    ("length", "gen-length"), ("batchsize", "batch-size"),
  ])
  func findsWhatWasMeant(typed: String, meant: String) {
    let known = ["load", "save", "input", "train-iters", "temperature", "gen-length", "batch-size", "lr"]
    #expect(NearestWord.of(typed, among: known) == meant)
  }

  @Test(arguments: ["x", "verbose", "l2", "decay-style", ""])
  func suggestsNothingFarAway(typed: String) {
    #expect(NearestWord.of(typed, among: ["load", "save", "mcc", "neurons", "split"]) == nil)
  }

  @Test func countsSwappedNeighboursOnce() {
    #expect(NearestWord.distance("laod", "load") == 1)
    #expect(NearestWord.distance("", "load") == 4)
    #expect(NearestWord.distance("kitten", "sitting") == 3)
  }
}
