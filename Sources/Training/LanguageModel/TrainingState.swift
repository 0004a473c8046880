import Checkpoints
import Corpora
import Formats
import Foundation
import Models
import Optimization
import Tensors

/// Where a run stands besides its model: optimizer, loss scale, carried state, position in the data, counters.
///
/// Together with the model of the same step it lets a run go on as if it had never stopped. No other random state is
/// needed: dropout masks are named by seed and step, and evaluations start their streams anew.
struct TrainingState {
  private static let metadataKey = "training_state"

  /// What a run has counted so far.
  struct Counts: Codable {
    /// Characters (bytes of text) learned from.
    var charactersSeen = 0
    /// Lowest loss of an epoch that was evaluated.
    var bestLoss: Double?
    /// The same in bits a character.
    var bestBitsPerCharacter: Double?
    /// Training losses of the current epoch, or of the last one when it is still to be evaluated.
    var epochLosses = TokenLoss()
    /// Whether the epoch that ends with this step has been evaluated.
    var isEvaluated = false
    /// Times the run went back to a checkpoint.
    var rollbacks = 0
    /// Steps of the intermediate checkpoints that the run has written and kept.
    var checkpoints: [Int] = []
    /// What watches the loss.
    var detector = DivergenceDetector()
  }

  /// A run's place, without its arrays.
  struct Place: Codable {
    /// Steps taken or skipped.
    var step: Int
    /// Those of them that were skipped.
    var skippedSteps: Int
    var skippedInARow: Int
    var lossScale: LossScale
    var rateFactor: Double
    var counts: Counts
    var sampler: ShardSamplerState
    var identity: RunIdentity
    /// Not saved by older versions.
    var settings: RunSettings?
  }

  static func write(
    _ trainer: LanguageModelTrainer, sampler: ShardSampler, counts: Counts, identity: RunIdentity,
    settings: RunSettings, to path: String
  ) throws {
    let sampler = sampler.state
    let place = Place(
      step: trainer.iteration, skippedSteps: trainer.updater.skippedCount, skippedInARow: trainer.skippedInARow,
      lossScale: trainer.updater.lossScale, rateFactor: trainer.rateFactor, counts: counts, sampler: sampler,
      identity: identity, settings: settings)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try SafetensorsWriter.write(
      tensors: sampler.arrays.map { ($0.name, .int64($0.values, shape: $0.shape)) }
        + arrays(of: trainer).map { ($0.name, .float32($0.values)) },
      metadata: [metadataKey: String(decoding: try encoder.encode(place), as: UTF8.self)], to: path)
  }

  /// Reads a run's place.
  ///
  /// - Parameter modelStep: the step after which the model was saved.
  /// - Throws: ``TrainingError`` when the file is of another step, `CheckpointError` when it is damaged.
  static func readPlace(from path: String, modelStep: Int) throws -> Place {
    let file = try SafetensorsFile(path: path)
    guard let text = file.metadata[metadataKey],
      var place = try? JSONDecoder().decode(Place.self, from: Data(text.utf8)), place.step >= 0,
      (0...place.step).contains(place.skippedSteps)
    else { throw TrainingError.stateMismatch(path: path, reason: "it holds no state of a training run") }
    guard place.step == modelStep else {
      throw TrainingError.stateOfAnotherStep(path: path, modelStep: modelStep, stateStep: place.step)
    }
    if place.sampler.lacksRows { try place.sampler.takeRows(file.int64Values(named:)) }
    return place
  }

  /// Restores optimizer, loss scale and carried state in place.
  ///
  /// - Throws: `CheckpointError` when the file is damaged or its arrays are not those of the trainer.
  static func restore(_ trainer: LanguageModelTrainer, to place: Place, from path: String) throws {
    let file = try SafetensorsFile(path: path)
    let arrays = arrays(of: trainer)
    try KeyMismatch.check(
      expected: arrays.map { ($0.name, $0.values.shape) },
      found: file.namesAndShapes.filter { !$0.name.hasPrefix(ShardSamplerState.namePrefix) }, path: path)
    for (name, values) in arrays { values.copy(from: try file.tensor(named: name)) }
    trainer.updater.stepCount = place.step - place.skippedSteps
    trainer.updater.skippedCount = place.skippedSteps
    trainer.updater.lossScale = trainer.updater.lossScale.resuming(place.lossScale)
    trainer.skippedInARow = place.skippedInARow
    trainer.rateFactor = place.rateFactor
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
