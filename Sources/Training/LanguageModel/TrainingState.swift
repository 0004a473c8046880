import Checkpoints
import Corpora
import Foundation
import Models
import Tensors

/// Where a run stands besides its model: optimizer, carried state, position in the data, counters.
///
/// Together with the model of the same step it lets a run go on as if it had never stopped.
struct TrainingState {
  private static let metadataKey = "training_state"

  private struct Counters: Codable {
    var step: Int
    var charactersSeen: Int
    var bestLoss: Double?
    var sampler: ShardSampler.State
  }

  /// The file beside a checkpoint that holds the state of its run.
  static func path(besideCheckpoint path: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("optim.safetensors").relativePath
  }

  static func write(
    _ trainer: LanguageModelTrainer, sampler: ShardSampler, charactersSeen: Int, bestLoss: Double?, to path: String
  ) throws {
    let counters = Counters(
      step: trainer.updater.stepCount, charactersSeen: charactersSeen, bestLoss: bestLoss, sampler: sampler.state)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try SafetensorsWriter.write(
      tensors: arrays(of: trainer).map { ($0.name, .float32($0.values)) },
      metadata: [metadataKey: String(decoding: try encoder.encode(counters), as: UTF8.self)], to: path)
  }

  /// Restores a run in place.
  ///
  /// - Parameter modelStep: the step after which the model was saved.
  /// - Returns: characters seen so far and the best validation loss.
  /// - Throws: ``TrainingError`` when the file is of another step or another run, `CheckpointError` when it is damaged.
  static func restore(
    _ trainer: LanguageModelTrainer, sampler: inout ShardSampler, modelStep: Int, from path: String
  ) throws -> (charactersSeen: Int, bestLoss: Double?) {
    let file = try SafetensorsFile(path: path)
    guard let text = file.metadata[metadataKey],
      let counters = try? JSONDecoder().decode(Counters.self, from: Data(text.utf8))
    else { throw TrainingError.stateMismatch(path: path, reason: "it holds no state of a training run") }
    guard counters.step == modelStep else {
      throw TrainingError.stateOfAnotherStep(path: path, modelStep: modelStep, stateStep: counters.step)
    }
    let arrays = arrays(of: trainer)
    try KeyMismatch.check(
      expected: arrays.map { ($0.name, $0.values.shape) }, found: file.namesAndShapes, path: path)
    try sampler.restore(counters.sampler)
    for (name, values) in arrays { values.copy(from: try file.tensor(named: name)) }
    trainer.updater.stepCount = counters.step
    return (counters.charactersSeen, counters.bestLoss)
  }

  /// Optimizer state by parameter, and the carried recurrent state by layer.
  private static func arrays(of trainer: LanguageModelTrainer) -> [(name: String, values: Tensor)] {
    let updater = trainer.updater
    let moments = zip(updater.parameters, updater.state).flatMap { parameter, state in
      zip(updater.optimizer.stateNames, state).map { ("\(parameter.name).\($0)", $1) }
    }
    let carried = trainer.state.layers.enumerated().flatMap { index, layer in
      [("state.\(index).hidden", layer.hidden)] + (layer.cell.map { [("state.\(index).cell", $0)] } ?? [])
    }
    return moments + carried
  }
}
