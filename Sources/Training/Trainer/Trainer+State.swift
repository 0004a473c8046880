import Checkpoints
import Formats
import Foundation
import Models
import Optimization
import Tensors

/// Where a trainer stands besides its arrays.
struct TrainerPlace: Codable {
  /// Steps taken or skipped.
  var step: Int
  /// Those of them that were skipped.
  var skippedSteps: Int
  var skippedInARow: Int
  var lossScale: LossScale
  var rateFactor: Double
}

extension Trainer {
  private struct SavedRun: Codable {
    var trainer: TrainerPlace
    var task: Task.Position
  }

  /// Writes all that is needed to go on: parameters, optimizer, and where trainer and task stand.
  ///
  /// - Throws: `FileError` when the file cannot be written; there is then no file, or the earlier one.
  public func save(to path: String) throws {
    try write(
      SavedRun(trainer: place, task: task.position), arrays: parameterArrays + arrays, to: path)
  }

  /// Goes on from where another trainer of the same task was saved.
  ///
  /// - Throws: ``TrainingError/stateMismatch(path:reason:)`` and `CheckpointError` when the file is damaged or of another
  ///   task.
  public func resume(from path: String) throws {
    let (file, saved) = try Self.read(SavedRun.self, from: path)
    guard let saved, saved.trainer.isSound else {
      throw TrainingError.stateMismatch(path: path, reason: "it holds no state of a training run")
    }
    let all = parameterArrays + arrays
    try check(all, in: file, path: path)
    try task.restore(saved.task) { try file.int64Values(named: $0) }
    for parameter in task.parameters {
      let values = try file.tensor(named: task.stateName(ofPath: parameter.path))
      parameter.variable.update { $0.copy(from: values) }
    }
    try copyArrays(from: file)
    restore(saved.trainer)
  }

  var place: TrainerPlace {
    TrainerPlace(
      step: iteration, skippedSteps: updater.skippedCount, skippedInARow: skippedInARow,
      lossScale: updater.lossScale, rateFactor: rateFactor)
  }

  func restore(_ place: TrainerPlace) {
    updater.stepCount = place.step - place.skippedSteps
    updater.skippedCount = place.skippedSteps
    updater.lossScale = updater.lossScale.resuming(place.lossScale)
    skippedInARow = place.skippedInARow
    rateFactor = place.rateFactor
  }

  private var parameterArrays: [(name: String, values: Tensor)] {
    task.parameters.map { (task.stateName(ofPath: $0.path), $0.variable.value) }
  }

  /// Optimizer state by parameter, and what the task carries.
  var arrays: [(name: String, values: Tensor)] {
    zip(updater.parameters, updater.state).flatMap { parameter, state in
      let name = task.stateName(ofPath: parameter.path)
      return zip(updater.optimizer.stateNames, state).map { ("\(name).\($0)", $1) }
    } + task.arrays
  }

  /// Writes arrays, the task's whole numbers, and `place` as text.
  func write(_ place: some Encodable, arrays: [(name: String, values: Tensor)], to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try SafetensorsWriter.write(
      tensors: task.integerArrays.map { ($0.name, .int64($0.values, shape: $0.shape)) }
        + arrays.map { ($0.name, .float32($0.values)) },
      metadata: [Self.metadataKey: String(decoding: try encoder.encode(place), as: UTF8.self)], to: path)
  }

  /// Opens a state and reads its text; `nil` where there is none of that form.
  static func read<Place: Decodable>(
    _ type: Place.Type, from path: String
  ) throws -> (file: SafetensorsFile, place: Place?) {
    let file = try SafetensorsFile(path: path)
    return (file, file.metadata[metadataKey].flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) })
  }

  /// Refuses a file whose arrays are not those given, besides the task's whole numbers.
  func check(_ arrays: [(name: String, values: Tensor)], in file: SafetensorsFile, path: String) throws {
    let integers = Set(task.integerArrays.map(\.name))
    try KeyMismatch.check(
      expected: arrays.map { ($0.name, $0.values.shape) },
      found: file.namesAndShapes.filter { !integers.contains($0.name) }, path: path)
  }

  /// Optimizer state and what the task carries, in place.
  func copyArrays(from file: SafetensorsFile) throws {
    for (name, values) in arrays { values.copy(from: try file.tensor(named: name)) }
  }

  private static var metadataKey: String { "training_state" }
}

extension TrainerPlace {
  /// Whether the counts can be those of a run; with them sums of steps stay within 64 bits.
  var isSound: Bool {
    (0...Self.greatestStep).contains(step) && (0...step).contains(skippedSteps) && (0...step).contains(skippedInARow)
      && lossScale.isSound
  }

  /// The largest whole number that every reader of JSON keeps.
  static let greatestStep = 1 << 53
}
