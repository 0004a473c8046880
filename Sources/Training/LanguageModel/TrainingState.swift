import Corpora
import Formats
import Models
import Optimization
import Tensors

/// Where a run stands besides its model: optimizer, loss scale, carried state, position in the data, counters.
///
/// Together with the model of the same step it lets a run go on as if it had never stopped. No other random state is
/// needed: dropout masks are named by seed and step, and evaluations start their streams anew.
struct TrainingState {
  /// What a run has counted so far.
  struct Counts {
    /// What the loop has counted; its values stand beside the others in the file.
    var record = RunRecord()
    /// Characters (bytes of text) learned from.
    var charactersSeen = 0
    /// The lowest loss in bits a character.
    var bestBitsPerCharacter: Double?
    /// Training losses of the current epoch, or of the last one when it is still to be evaluated.
    var epochLosses = TokenLoss()

    /// Whether they can be those of a run.
    var isSound: Bool {
      record.isSound && epochLosses.isSound && (0...TrainerPlace.greatestStep).contains(charactersSeen)
    }
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
    var sampler: SamplerState
    var identity: RunIdentity
    /// Not saved by older versions.
    var settings: RunSettings?

    /// What concerns the trainer; its values stand beside the others in the file.
    var trainer: TrainerPlace {
      TrainerPlace(
        step: step, skippedSteps: skippedSteps, skippedInARow: skippedInARow, lossScale: lossScale,
        rateFactor: rateFactor)
    }
  }

  static func write(
    _ trainer: LanguageModelTrainer, counts: Counts, identity: RunIdentity, settings: RunSettings, to path: String
  ) throws {
    guard let sampler = trainer.task.position else {
      throw TrainingError.stateMismatch(path: path, reason: "the run has no text of its own")
    }
    let place = trainer.place
    try trainer.write(
      Place(
        step: place.step, skippedSteps: place.skippedSteps, skippedInARow: place.skippedInARow,
        lossScale: place.lossScale, rateFactor: place.rateFactor, counts: counts, sampler: sampler,
        identity: identity, settings: settings),
      arrays: trainer.arrays, to: path)
  }

  /// Reads a run's place.
  ///
  /// - Parameter modelStep: the step after which the model was saved.
  /// - Throws: ``TrainingError`` when the file is of another step, `CheckpointError` when it is damaged.
  static func readPlace(from path: String, modelStep: Int) throws -> Place {
    let (file, found) = try LanguageModelTrainer.read(Place.self, from: path)
    guard var place = found, place.trainer.isSound, place.counts.isSound else {
      throw TrainingError.stateMismatch(path: path, reason: "it holds no state of a training run")
    }
    guard place.step == modelStep else {
      throw TrainingError.stateOfAnotherStep(path: path, modelStep: modelStep, stateStep: place.step)
    }
    if place.sampler.lacksRows { try place.sampler.takeRows(file.int64Values(named:)) }
    return place
  }

  /// Restores optimizer, loss scale, carried state and the place in the data.
  ///
  /// - Throws: `CheckpointError` when the file is damaged or its arrays are not those of the trainer, `CorpusError` when
  ///   the place is of other data.
  static func restore(_ trainer: LanguageModelTrainer, to place: Place, from path: String) throws {
    let file = try SafetensorsFile(path: path)
    try trainer.task.restore(place.sampler) { try file.int64Values(named: $0) }
    try restoreTrainer(trainer, to: place, from: path)
  }

  /// The same without the place in the data, which goes on.
  static func restoreTrainer(_ trainer: LanguageModelTrainer, to place: Place, from path: String) throws {
    let file = try SafetensorsFile(path: path)
    try trainer.check(trainer.arrays, in: file, path: path)
    try trainer.copyArrays(from: file)
    trainer.restore(place.trainer)
  }
}

extension TrainingState.Counts: Codable {
  private enum CodingKeys: String, CodingKey {
    case charactersSeen, bestBitsPerCharacter, epochLosses
  }

  init(from decoder: any Decoder) throws {
    record = try RunRecord(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    charactersSeen = try container.decode(Int.self, forKey: .charactersSeen)
    bestBitsPerCharacter = try container.decodeIfPresent(Double.self, forKey: .bestBitsPerCharacter)
    epochLosses = try container.decode(TokenLoss.self, forKey: .epochLosses)
  }

  func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(charactersSeen, forKey: .charactersSeen)
    try container.encodeIfPresent(bestBitsPerCharacter, forKey: .bestBitsPerCharacter)
    try container.encode(epochLosses, forKey: .epochLosses)
  }
}
