import Checkpoints
import Models
import Optimization
import Tensors
import Training

/// The losses that the twin must show for the same weights and the same text.
enum TwinCheck {
  /// Mean cross-entropy in nats a byte of four training steps on `text`, each from a zero state.
  ///
  /// The first is the loss of the file's weights; the others pass through gradients, clipping and Adam as well.
  ///
  /// - Throws: `CheckpointError` for the file, ``BenchmarkError/textTooShort``.
  static func losses(modelPath: String, text: String) throws -> [Double] {
    let model = try ModelFile.read(modelPath, normalized: nil).model
    let tokens = text.utf8.map { Int32($0) + 1 }
    guard tokens.count > 1 else { throw BenchmarkError.textTooShort }
    let engine = Engine()
    let updater = ParameterUpdater(Adam(), parameters: model.parameters)
    return (0..<4).map { _ in
      let tape = Tape(engine, recording: true)
      let (logits, _) = model.logits(
        tokens: Array(tokens.dropLast()), rows: 1, resetMask: nil,
        state: RecurrentState(zerosFor: 1, configuration: model.configuration), on: tape)
      let loss = fusedSoftmaxCrossEntropy(consuming: logits, targets: Array(tokens.dropFirst()), on: tape)
      tape.backward(from: loss.variable)
      updater.step(rate: 1e-3, clip: 1)
      return loss.value
    }
  }
}
