import Tensors

/// What a layer takes in memory, as the layer states it; the needs of a model are the sum over its layers.
struct MemoryNeeds {
  /// Elements of its arrays, not counting the gains of normalised matrices; at most `Int.max`.
  var parameterCount = 0
  /// Those of them that stand in matrices computed from gains and directions.
  var normalizedCount = 0
  /// Bytes for each token of a batch that the backward pass reads, and that can be computed again instead.
  var recomputedBytes = 0.0
  /// Bytes for each token of a batch that stay in any case.
  var trainingBytes = 0.0
  /// Bytes for each token of a batch in evaluation.
  var evaluationBytes = 0.0
  /// Bytes for one pass, which all layers use one after another.
  var workspaceBytes = 0.0

  static func + (first: MemoryNeeds, second: MemoryNeeds) -> MemoryNeeds {
    MemoryNeeds(
      parameterCount: ElementCount.sum(first.parameterCount, second.parameterCount),
      normalizedCount: ElementCount.sum(first.normalizedCount, second.normalizedCount),
      recomputedBytes: first.recomputedBytes + second.recomputedBytes,
      trainingBytes: first.trainingBytes + second.trainingBytes,
      evaluationBytes: first.evaluationBytes + second.evaluationBytes,
      workspaceBytes: max(first.workspaceBytes, second.workspaceBytes))
  }

  /// Those of `count` equal layers.
  func times(_ count: Int) -> MemoryNeeds {
    MemoryNeeds(
      parameterCount: ElementCount.product(parameterCount, count),
      normalizedCount: ElementCount.product(normalizedCount, count),
      recomputedBytes: recomputedBytes * Double(count), trainingBytes: trainingBytes * Double(count),
      evaluationBytes: evaluationBytes * Double(count), workspaceBytes: count > 0 ? workspaceBytes : 0)
  }
}

/// The element types that needs depend on.
struct MemoryTypes {
  /// Bytes of an operand of a product.
  var operand = 4.0
  /// Bytes of a number that is kept for the backward pass.
  var kept = 4.0
  /// Whether operands are widened before they are multiplied, because the machine cannot multiply them as they are.
  var isWidened = false
}

/// Products and sums of sizes that nothing has checked yet; what is beyond 64 bits stays at the largest number.
enum ElementCount {
  static func product(_ sizes: Int...) -> Int {
    sizes.reduce(1) { result, size in
      let (product, overflow) = result.multipliedReportingOverflow(by: size)
      return overflow ? .max : product
    }
  }

  static func sum(_ counts: Int...) -> Int {
    counts.reduce(0) { result, count in
      let (sum, overflow) = result.addingReportingOverflow(count)
      return overflow ? .max : sum
    }
  }
}
