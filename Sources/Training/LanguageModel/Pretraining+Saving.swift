import Checkpoints
import Files
import Models

extension Pretraining {
  /// Times a run may go back before it is given up.
  private static let rollbackLimit = 5

  func save(to path: String, validationLoss: Double? = nil) throws {
    // Folders are made with their first file, so that a run that fails before leaves none.
    try AtomicFile.ensureWritableFolder(for: path, creating: true)
    try ModelFile.write(
      task.model,
      card: ModelCard(
        kind: .languageModel, architecture: task.model.configuration, cleaning: cleaning,
        training: ModelCard.TrainingRecord(
          data: configuration.data, steps: step, charactersSeen: counts.charactersSeen, validationLoss: validationLoss,
          charactersPerToken: data.validation?.sampler.bytesPerTarget ?? 1)),
      tokenizer: data.tokenizer, to: path)
    observe(.saved(path: path))
  }

  /// Writes a checkpoint, and then removes those that are not to be kept.
  ///
  /// The state goes first and the model last, so that a model with a state beside it is a whole checkpoint.
  func saveCheckpoint(withState: Bool) throws {
    if !hasOwnCheckpoints, let earlier = try folder.setAside(beyond: firstStep) { observe(.setAside(folder: earlier)) }
    hasOwnCheckpoints = true
    let path = folder.modelPath(step)
    if counts.checkpoints.last != step { counts.checkpoints.append(step) }
    let surplus = configuration.keptCheckpoints > 0 ? counts.checkpoints.count - configuration.keptCheckpoints : 0
    let removed = Array(counts.checkpoints.prefix(max(surplus, 0)))
    counts.checkpoints.removeFirst(removed.count)
    if withState {
      try AtomicFile.ensureWritableFolder(for: path, creating: true)
      var counts = counts
      counts.epochLosses = window.epochLosses
      try TrainingState.write(
        trainer, counts: counts, identity: identity, settings: settings,
        to: folder.statePath(step))
    }
    try save(to: path)
    for step in removed { folder.remove(step) }
  }

  /// Keeps everything needed to go on, and a model at ``PretrainingConfiguration/save`` where there is none yet.
  func saveInterrupted() throws {
    try saveCheckpoint(withState: true)
    if !savedBest, counts.bestLoss == nil {
      try save(to: configuration.save)
      savedBest = true
    }
    observe(.interrupted(path: folder.modelPath(step), remaining: totalSteps - step))
  }

  /// Goes back to the last checkpoint, with half the rate and with the text that follows rather than the same again.
  ///
  /// - Throws: `error` when there is no checkpoint; ``TrainingError/rollbackFailed(step:rollbacks:)`` when going back has
  ///   not helped.
  func rollBack(after error: TrainingError) throws {
    guard counts.rollbacks < Self.rollbackLimit else {
      throw TrainingError.rollbackFailed(step: step, rollbacks: counts.rollbacks)
    }
    guard let last = counts.checkpoints.last else { throw error }
    let path = folder.modelPath(last)
    let (rollbacks, rateFactor, checkpoints) = (counts.rollbacks + 1, trainer.rateFactor / 2, counts.checkpoints)
    let place = try TrainingState.readPlace(from: folder.statePath(last), modelStep: last)
    let stored = try ModelFile.read(path, normalized: nil)
    for (parameter, saved) in zip(task.model.parameters, stored.model.parameters) {
      parameter.variable.update { $0.copy(from: saved.variable.value) }
    }
    try TrainingState.restoreTrainer(trainer, to: place, from: folder.statePath(last))
    trainer.rateFactor = rateFactor
    counts = place.counts
    counts.rollbacks = rollbacks
    counts.checkpoints = checkpoints
    window = ProgressWindow(epochLosses: counts.epochLosses, lastMean: window.lastMean)
    observe(.rolledBack(path: path, rateFactor: rateFactor))
  }
}
