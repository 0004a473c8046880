import Checkpoints
import Files
import Models

extension Pretraining {
  func save(to path: String, validationLoss: Double? = nil) throws {
    // Folders are made with their first file, so that a run that fails before leaves none.
    try AtomicFile.ensureWritableFolder(for: path, creating: true)
    try ModelFile.write(
      task.model,
      card: ModelCard(
        kind: .languageModel, architecture: .recurrent(task.model.configuration), cleaning: cleaning,
        training: ModelCard.TrainingRecord(
          data: configuration.data, steps: step, charactersSeen: counts.charactersSeen, validationLoss: validationLoss,
          charactersPerToken: data.validation?.sampler.delivered.bytesPerTarget ?? 1),
        configuration: try configuration.record(
          seed: seed, architecture: task.model.configuration, cleaning: cleaning, start: startingModel)),
      tokenizer: data.tokenizer, to: path)
    observe(.saved(path: path))
  }

  func writeModel(to path: String) throws { try save(to: path) }

  func writeState(to path: String) throws {
    var counts = counts
    counts.epochLosses = window.epochLosses
    try TrainingState.write(trainer, counts: counts, identity: identity, settings: settings, to: path)
  }

  /// Keeps everything needed to go on, and a model at ``PretrainingConfiguration/save`` where there is none yet.
  func saveInterrupted() throws {
    try saveCheckpoint(withState: true)
    if !savedBest, record.bestLoss == nil {
      try save(to: configuration.save)
      savedBest = true
    }
    observe(.interrupted(path: plan.folder.modelPath(step), remaining: plan.totalSteps - step))
  }

  func goBack(toModel path: String, state: String, step: Int) throws {
    let place = try TrainingState.readPlace(from: state, modelStep: step)
    let stored = try ModelFile.read(path, normalized: nil)
    for (parameter, saved) in zip(task.model.parameters, stored.model.parameters) {
      parameter.variable.update { $0.copy(from: saved.variable.value) }
    }
    try TrainingState.restoreTrainer(trainer, to: place, from: state)
    counts = place.counts
    window = ProgressWindow(epochLosses: counts.epochLosses, lastMean: window.lastMean)
  }
}
