import Models
import Tensors
import Testing

/// Paths follow from where modules hold their arrays.
@Suite struct ModuleTests {
  /// Two maps that share a weight, and a list.
  private struct Pair: Module {
    let first = Linear(from: 2, to: 3)
    let second: Linear
    let others = [Embedding(count: 4, width: 1), Embedding(count: 5, width: 1)]
    let scale = Parameter(shape: [1])

    init() { second = Linear(from: 2, to: 3, sharing: first.weight) }

    var members: [ModuleMember] {
      [.module("first", first), .parameter("scale", scale), .module("second", second), .modules("others", others)]
    }
  }

  @Test func pathsInTheOrderOfMembersSharedArraysOnce() {
    let pair = Pair()
    #expect(
      pair.parameters.map(\.path) == [
        "first.weight", "first.bias", "scale", "second.bias", "others.0.weight", "others.1.weight",
      ])
    #expect(pair.parameters.map { $0.shape[0] } == [3, 3, 1, 3, 4, 5])
    #expect(pair.parameters[0].variable === pair.second.weight.variable)
  }

  @Test func aFrozenPathFreezesTheArray() {
    let pair = Pair()
    pair.parameters[0].isFrozen = true
    #expect(!pair.second.weight.variable.requiresGradient)
  }

  @Test(arguments: CellKind.allCases, [true, false])
  func aModelHasTheArraysThatItsSizesCount(cell: CellKind, tied: Bool) throws {
    let configuration = LanguageModelConfiguration(
      cell: cell, vocabularySize: 7, embeddingSize: tied ? 5 : 4, hiddenSize: 5, layerCount: 3, isTied: tied)
    let parameters = try LanguageModel(configuration).parameters
    #expect(Set(parameters.map(\.path)).count == parameters.count)
    let counted = parameters.filter { !$0.path.hasSuffix(".gain") }.reduce(0) { $0 + $1.variable.value.count }
    #expect(counted == configuration.parameterCount)
  }

  @Test func sizesBeyondAllBoundsAreCountedWithoutOverflow() {
    for size in [1 << 31, 1 << 40, 1 << 62, Int.max] {
      let configuration = LanguageModelConfiguration(hiddenSize: size, layerCount: size)
      #expect(configuration.parameterCount == .max)
      #expect(MemoryEstimate(training: configuration, rows: 1, steps: 1, stateArrays: 2).bytes > 1 << 59)
      #expect(MemoryEstimate(evaluating: configuration, rows: size, steps: size).bytes > 1 << 59)
    }
  }
}
