import Models
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct KeyMapTests {
  @Test(arguments: [
    ("a.*.b", "a.0.b", true), ("a.*.b", "a.12.b", true), ("a.*.b", "a.01.b", false), ("a.*.b", "a..b", false),
    ("a.*.b", "a.x.b", false), ("a.*.b", "a.1.bb", false), ("a.*.b", "aa.1.b", false), ("a.*.b", "a.1.b.c", false),
    ("a.*.b", "a.9223372036854775807.b", false), ("a.*.b", "a.-1.b", false), ("s*_s*", "s1_s2", true), ("a", "a", true),
    ("a", "A", false), ("*", "7", true),
  ])
  func aNameFitsAsAWhole(pattern: String, name: String, fits: Bool) {
    let pattern = KeyPattern(pattern)
    let numbers = pattern.numbers(in: name)
    #expect((numbers != nil) == fits)
    if let numbers { #expect(pattern.name(with: numbers) == name) }
  }

  private let map = KeyMap(
    [
      .init("norm.*.weight", "block.*.norm.weight", orReads: "block.*.norm.gamma"), .init("table", "embed"),
      .init("output", "block.out"),
    ], ignoring: ["block.*.positions"], optionalPrefixes: ["model."])

  @Test func rulesHoldBothWays() {
    #expect(map.key(forPath: "norm.3.weight") == "block.3.norm.weight")
    #expect(map.path(ofKey: "block.3.norm.weight") == "norm.3.weight")
    #expect(map.path(ofKey: "block.3.norm.gamma") == "norm.3.weight")
    #expect(map.path(ofKey: "model.embed") == "table")
    #expect(map.key(forPath: "norm.x.weight") == nil)
    // A path is no key, and part of a key is none either.
    #expect(map.place(ofKey: "norm.3.weight") == .unknown)
    #expect(map.place(ofKey: "my.block.3.norm.weight") == .unknown)
    #expect(map.place(ofKey: "model.model.embed") == .unknown)
    #expect(map.place(ofKey: "model.block.0.positions") == .ignored)
  }

  @Test func whatIsNotKnownOrThereTwiceIsNamed() throws {
    let found = try map.paths([("model.embed", 1), ("block.0.positions", 2), ("block.1.norm.gamma", 3)], file: "f")
    #expect(found.map(\.path) == ["table", "norm.1.weight"])
    #expect(found.map(\.value) == [1, 3])
    #expect(
      message { _ = try map.paths([("embed", 1), ("embed.x", 2)], file: "f") }
        == "cannot use f: its array 'embed.x' is none that such a model has")
    #expect(
      message { _ = try map.paths([("block.1.norm.gamma", 1), ("block.1.norm.weight", 2)], file: "f") }
        == "cannot use f: its array 'block.1.norm.weight' is there under two names")
  }

  @Test(arguments: CellKind.allCases, [true, false])
  func everyArrayOfTheRecurrentModelHasOneKey(cell: CellKind, isNormalized: Bool) throws {
    let paths = try smallModel(cell, layers: 3, normalized: isNormalized).parameters.map(\.path)
    let keys = paths.compactMap(KeyMap.recurrentLanguageModel.key(forPath:))
    #expect(keys.count == paths.count && Set(keys).count == keys.count)
    #expect(keys.map(KeyMap.recurrentLanguageModel.path(ofKey:)) == paths)
  }

  @Test func keysAreThoseOfTheOriginal() throws {
    let keys = try smallModel().parameters.map { KeyMap.recurrentLanguageModel.key($0.path) }
    let layer = ["b_ih", "b_hh"] + ["w_ih", "w_hh", "w_mih", "w_mhh"].flatMap { [$0 + "_g", $0 + "_v"] }
    #expect(
      keys == ["encoder.encoder.weight", "decoder.weight", "decoder.bias"] + layer.map { "encoder.rnn.rnns.0.\($0)" })
  }

  @Test func namesOfUniRepFiles() {
    let map = KeyMap.uniRepFolder
    #expect(map.path(ofKey: "embed_matrix:0") == "embedding")
    #expect(map.path(ofKey: "rnn_mlstm_mlstm_gmx:0") == "mlstm.0.gmx")
    #expect(map.path(ofKey: "rnn_mlstm_stack_mlstm_stack2_mlstm_stack2_wx:0") == "mlstm.2.wx")
    #expect(map.place(ofKey: "rnn_mlstm_stack_mlstm_stack2_mlstm_stack1_wx:0") == .unknown)
    #expect(map.place(ofKey: "rnn_mlstm_mlstm_wxx:0") == .unknown)
  }
}
