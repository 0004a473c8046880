import Models
import Tensors

/// Decides between the two orders of an LSTM's blocks that files of 2018 have.
enum GateOrderChoice {
  /// Ordinary English; a model of bytes that reads its gates in the wrong order predicts it far worse.
  private static let sample =
    "\n I bought this for my daughter and she loves it. It works very well and the price was good, so I would "
    + "recommend it to anyone. "

  /// The model with the lower mean loss on a short text; the first when both are equal.
  static func better(_ first: ModelContents, _ second: ModelContents) throws -> ModelContents {
    try loss(second) < loss(first) ? second : first
  }

  private static func loss(_ contents: ModelContents) throws -> Double {
    let model = try ModelFile.build(contents, normalized: false).model
    let tokens = sample.utf8.map { Int32($0) + 1 }
    let tape = Tape(Engine(), recording: false)
    let logits = model.logits(
      tokens: Array(tokens.dropLast()), rows: 1, resetMask: nil,
      state: RecurrentState(zerosFor: 1, configuration: model.configuration), on: tape
    ).logits
    return softmaxCrossEntropy(logits, targets: Array(tokens.dropFirst()), on: tape).value
  }
}
