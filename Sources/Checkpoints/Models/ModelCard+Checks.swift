import Files
import Models

extension ModelCard {
  /// A whole number of the card, and what it can be.
  private typealias Bound = (name: String, value: Int?, range: ClosedRange<Int>)

  /// Rows and columns that any array may have; products of sizes up to this stay far below 64 bits.
  private static let greatestSize = 1 << 20
  private static let greatestLayerCount = 1024
  private static let greatestWarmup = 1000
  /// The largest whole number that every reader of JSON keeps.
  private static let greatestCount = 1 << 53

  /// Refuses values that no model can have, before anything is computed from them; sizes are compared with the arrays
  /// later.
  func checkValues(path: String) throws {
    for (name, value, range) in architectureBounds + otherBounds {
      guard let value, !range.contains(value) else { continue }
      throw CheckpointError.notACheckpoint(
        path: path,
        reason: "its card has \(value) as \(name), which must be between \(range.lowerBound) and \(range.upperBound)")
    }
    func require(_ isPossible: Bool, _ reason: @autoclosure () -> String) throws {
      if !isPossible { throw CheckpointError.notACheckpoint(path: path, reason: reason()) }
    }
    try require(
      architecture.vocabularySize == tokenizer.vocabularySize,
      "its tokenizer has \(tokenizer.vocabularySize) tokens, but its model has \(architecture.vocabularySize)")
    guard let classifier else { return }
    let (labels, thresholds) = (classifier.labels.count, classifier.thresholds.count)
    try require(labels > 0 && labels == thresholds, "its card names \(labels) labels and \(thresholds) thresholds")
    if let names = classifier.classNames {
      try require(
        labels == 1 && names.count == 2 && names[0] != names[1],
        "its card has \(names.count) class names for \(labels) labels")
    }
  }

  private var architectureBounds: [Bound] {
    let sizes = 1...Self.greatestSize
    switch architecture {
    case .recurrent(let model):
      return [
        ("the size of the vocabulary", model.vocabularySize, sizes),
        ("the width of the embedding", model.embeddingSize, sizes),
        ("the number of hidden units", model.hiddenSize, sizes),
        ("the number of layers", model.layerCount, 1...Self.greatestLayerCount),
      ]
    }
  }

  private var otherBounds: [Bound] {
    let counts = 0...Self.greatestCount
    let sizes = 1...Self.greatestSize
    let neurons = 0...Self.greatestSize * Self.greatestLayerCount
    return [
      ("the number of tokens", tokenizer.vocabularySize, sizes),
      ("the padding token", tokenizer.paddingID, 0...Self.greatestSize),
      ("the first byte's token", tokenizer.byteOffset, 0...Self.greatestSize),
      ("the steps taken", training?.steps, counts), ("the characters seen", training?.charactersSeen, counts),
      ("the length of texts", classifier?.maximumLength, 1...Self.greatestCount),
      ("the number of warm-up passes", classifier?.warmupPasses, 0...Self.greatestWarmup),
      ("the size of the original vocabulary", origin?.vocabularySize, sizes),
    ] + (classifier?.topNeurons ?? []).map { ("a strongest neuron", $0, neurons) }
  }
}
