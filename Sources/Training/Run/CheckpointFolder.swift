import Checkpoints
import Foundation

/// The folder of a run's intermediate checkpoints: `e<step>.safetensors` with the model, and beside it
/// `e<step>.optim.safetensors` with all else that is needed to go on.
public struct CheckpointFolder: Sendable {
  /// Where the folder is.
  public let path: String
  private static let suffix = ".safetensors"
  private static let stateSuffix = ".optim.safetensors"

  /// The folder that belongs to the best model at `save`: its name without extension.
  public init(forSave save: String) {
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

  /// The model of the checkpoint written last among those that a run can go on from; `nil` when there is none.
  public func newestResumable() -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let found = names.compactMap { name -> (step: Int, written: Date)? in
      guard let step = Self.step(ofModel: name), FileManager.default.fileExists(atPath: statePath(step)),
        let attributes = try? FileManager.default.attributesOfItem(atPath: modelPath(step)),
        let written = attributes[.modificationDate] as? Date
      else { return nil }
      return (step, written)
    }
    return found.max { ($0.written, $0.step) < ($1.written, $1.step) }.map { modelPath($0.step) }
  }

  /// Removes a checkpoint; one that is not there is no error.
  func remove(_ step: Int) {
    // The state last: a model without one is never taken for a place to go on from.
    unlink(modelPath(step))
    unlink(statePath(step))
  }

  /// Removes what a killed run left half-written.
  func removePartialFiles() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where name.hasPrefix(".e") && name.hasSuffix(".partial") { unlink("\(path)/\(name)") }
  }

  private static func step(ofModel name: String) -> Int? {
    guard name.hasPrefix("e"), name.hasSuffix(suffix), !name.hasSuffix(stateSuffix) else { return nil }
    return Int(name.dropFirst().dropLast(suffix.count))
  }
}
