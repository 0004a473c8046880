import Checkpoints
import Foundation

/// The folder of a run's intermediate checkpoints: `e<step>.safetensors` with the model, and beside it
/// `e<step>.optim.safetensors` with all else that is needed to go on.
public struct CheckpointFolder: Sendable {
  /// Where the folder is.
  public let path: String
  private let save: String
  private static let suffix = ".safetensors"
  private static let stateSuffix = ".optim.safetensors"

  /// The folder that belongs to the best model at `save`: its name without extension.
  public init(forSave save: String) {
    self.save = save
    path = save.hasSuffix(Self.suffix) ? String(save.dropLast(Self.suffix.count)) : save + ".checkpoints"
  }

  /// The model after `step` steps.
  public func modelPath(_ step: Int) -> String { "\(path)/e\(step)\(Self.suffix)" }

  /// The state of the run after `step` steps.
  public func statePath(_ step: Int) -> String { Self.statePath(besideModel: modelPath(step)) }

  /// The state that belongs to a checkpoint's model.
  public static func statePath(besideModel path: String) -> String {
    (path.hasSuffix(suffix) ? String(path.dropLast(suffix.count)) : path) + stateSuffix
  }

  /// The model with the most steps among the checkpoints that a run can go on from; `nil` when there is none.
  ///
  /// Steps are those that the model was saved with. A model that cannot be read is passed over, unless none can be.
  public func newestResumable() -> String? {
    let found = resumable()
    let read = found.compactMap { model -> (steps: Int, path: String)? in
      guard let card = try? ModelFile.readCard(model.path) else { return nil }
      return (card.training?.steps ?? 0, model.path)
    }
    return (read.max { $0.steps < $1.steps } ?? found.max { $0.steps < $1.steps })?.path
  }

  /// Models with a state beside them, and the steps in their names.
  private func resumable() -> [(steps: Int, path: String)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.compactMap { name in
      guard let step = Self.step(ofModel: name), FileManager.default.fileExists(atPath: statePath(step)) else {
        return nil
      }
      return (step, modelPath(step))
    }
  }

  /// Removes a checkpoint; one that is not there is no error.
  func remove(_ step: Int) {
    // The state last: a model without one is never taken for a place to go on from.
    unlink(modelPath(step))
    unlink(statePath(step))
  }

  /// Moves checkpoints of more than `step` steps, which an earlier run left, to a folder `earlier-<number>` in this one,
  /// so that this run is never resumed from them.
  ///
  /// - Returns: that folder; nil when there are none.
  func setAside(beyond step: Int) throws -> String? {
    let others = resumable().filter { $0.steps > step }
    guard !others.isEmpty else { return nil }
    var number = 1
    while FileManager.default.fileExists(atPath: "\(path)/earlier-\(number)") { number += 1 }
    let folder = "\(path)/earlier-\(number)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    for other in others {
      for file in [Self.statePath(besideModel: other.path), other.path] {
        let name = URL(fileURLWithPath: file).lastPathComponent
        try FileManager.default.moveItem(atPath: file, toPath: "\(folder)/\(name)")
      }
    }
    return folder
  }

  /// Removes what a killed run left half-written, in the folder and beside the best model.
  func removePartialFiles() {
    let place = URL(fileURLWithPath: save)
    for (folder, stem) in [(path, ".e"), (place.deletingLastPathComponent().path, ".\(place.lastPathComponent).")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where name.hasPrefix(stem) && name.hasSuffix(Self.partialSuffix) {
        let middle = name.dropFirst(stem.count).dropLast(Self.partialSuffix.count)
        // Another model's name may begin with this one's.
        if folder == path || !middle.contains(".") { unlink("\(folder)/\(name)") }
      }
    }
  }

  private static let partialSuffix = ".partial"

  private static func step(ofModel name: String) -> Int? {
    guard name.hasPrefix("e"), name.hasSuffix(suffix), !name.hasSuffix(stateSuffix) else { return nil }
    return Int(name.dropFirst().dropLast(suffix.count))
  }
}
