import Files

extension TrainingRun {
  /// Times a run may go back before it is given up.
  private static var rollbackLimit: Int { 5 }

  /// Writes a checkpoint, and then removes those that are not to be kept.
  ///
  /// The state goes first and the model last, so that a model with a state beside it is a whole checkpoint.
  func saveCheckpoint(withState: Bool) throws {
    let folder = plan.folder
    if !hasOwnCheckpoints, let earlier = try folder.setAside(beyond: firstStep) { tell(.setAside(folder: earlier)) }
    hasOwnCheckpoints = true
    let path = folder.modelPath(step)
    if record.checkpoints.last != step { record.checkpoints.append(step) }
    let surplus = plan.keptCheckpoints > 0 ? record.checkpoints.count - plan.keptCheckpoints : 0
    let removed = Array(record.checkpoints.prefix(max(surplus, 0)))
    record.checkpoints.removeFirst(removed.count)
    if withState {
      try AtomicFile.ensureWritableFolder(for: path, creating: true)
      try writeState(to: folder.statePath(step))
    }
    try writeModel(to: path)
    for step in removed { folder.remove(step) }
  }

  /// Goes back to the last checkpoint, with half the rate and with the data that follows rather than the same again.
  ///
  /// - Throws: `error` when there is no checkpoint; ``TrainingError/rollbackFailed(step:rollbacks:)`` when going back has
  ///   not helped.
  func rollBack(after error: TrainingError) throws {
    guard record.rollbacks < Self.rollbackLimit else {
      throw TrainingError.rollbackFailed(step: step, rollbacks: record.rollbacks)
    }
    guard let last = record.checkpoints.last else { throw error }
    let path = plan.folder.modelPath(last)
    let (rollbacks, rateFactor, checkpoints) = (record.rollbacks + 1, trainer.rateFactor / 2, record.checkpoints)
    try goBack(toModel: path, state: plan.folder.statePath(last), step: last)
    trainer.rateFactor = rateFactor
    record.rollbacks = rollbacks
    record.checkpoints = checkpoints
    tell(.rolledBack(path: path, rateFactor: rateFactor))
  }
}
