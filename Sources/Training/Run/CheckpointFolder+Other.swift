import Foundation

/// Checkpoints in the folder that are not part of the run which is about to write there.
///
/// Left beside new ones they would pass for the newest, and a later `--resume` would go on with the wrong run.
extension CheckpointFolder {
  /// Steps of the checkpoints that do not belong to a run that begins, or goes on after `resumedStep` steps.
  ///
  /// A run that goes on may find what it left itself; only what lies ahead and could be gone on from is in its way.
  func otherSteps(resumedStep: Int?) -> [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let steps = names.compactMap { name in name.wholeMatch(of: /e([0-9]+)\.safetensors/).flatMap { Int($0.1) } }
    guard let resumedStep else { return steps.sorted() }
    return steps.filter { $0 > resumedStep && FileManager.default.fileExists(atPath: statePath($0)) }.sorted()
  }

  /// Refuses a folder that holds checkpoints of another run.
  ///
  /// - Throws: ``TrainingError/otherCheckpoints(folder:steps:isResumed:)``.
  func requireNoOthers(resumedStep: Int?) throws {
    let steps = otherSteps(resumedStep: resumedStep)
    guard !steps.isEmpty else { return }
    throw TrainingError.otherCheckpoints(folder: path, steps: steps, isResumed: resumedStep != nil)
  }

  /// Removes the checkpoints of another run.
  func removeOthers(resumedStep: Int?) {
    for step in otherSteps(resumedStep: resumedStep) { remove(step) }
  }
}
