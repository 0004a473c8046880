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

  /// What a run has counted so far.
  struct Counts: Codable {
    /// Targets learned from.
    var charactersSeen: Int
    /// Lowest loss of an epoch that was evaluated.
    var bestLoss: Double?
    /// Training losses of the current epoch, or of the last one when it is still to be evaluated.
    var epochLosses: WeightedMean
  }

  private struct Place: Codable {
    var step: Int
    var counts: Counts
    var sampler: ShardSampler.State
  }

  /// The file beside a checkpoint that holds the state of its run.
  static func path(besideCheckpoint path: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("optim.safetensors").relativePath
  }

  static func write(
    _ trainer: LanguageModelTrainer, sampler: ShardSampler, counts: Counts, to path: String
  ) throws {
    let place = Place(step: trainer.updater.stepCount, counts: counts, sampler: sampler.state)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try SafetensorsWriter.write(
      tensors: arrays(of: trainer).map { ($0.name, .float32($0.values)) },
      metadata: [metadataKey: String(decoding: try encoder.encode(place), as: UTF8.self)], to: path)
  }

  /// Restores a run in place.
  ///
  /// - Parameter modelStep: the step after which the model was saved.
  /// - Returns: what the run had counted.
  /// - Throws: ``TrainingError`` when the file is of another step or another run, `CheckpointError` when it is damaged.
  static func restore(
    _ trainer: LanguageModelTrainer, sampler: inout ShardSampler, modelStep: Int, from path: String
  ) throws -> Counts {
    let file = try SafetensorsFile(path: path)
    guard let text = file.metadata[metadataKey],
      let place = try? JSONDecoder().decode(Place.self, from: Data(text.utf8))
    else { throw TrainingError.stateMismatch(path: path, reason: "it holds no state of a training run") }
    guard place.step == modelStep else {
      throw TrainingError.stateOfAnotherStep(path: path, modelStep: modelStep, stateStep: place.step)
    }
    let arrays = arrays(of: trainer)
    try KeyMismatch.check(
      expected: arrays.map { ($0.name, $0.values.shape) }, found: file.namesAndShapes, path: path)
    try sampler.restore(place.sampler)
    for (name, values) in arrays { values.copy(from: try file.tensor(named: name)) }
    trainer.updater.stepCount = place.step
    return place.counts
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
