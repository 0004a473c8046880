import Files

/// Why a file of arrays is no model, or not the one that is needed.
public enum CheckpointError: Error, Equatable, Sendable {
  /// What `path` holds is no model, or contradicts itself.
  case notACheckpoint(path: String, reason: String)

  /// The model is whole but has something that is not run or written here.
  case unsupported(path: String, feature: String)

  /// The names and shapes in `path` are not those of the model.
  case keyMismatch(path: String, mismatch: KeyMismatch)
}

extension CheckpointError: CustomStringConvertible {
  /// One sentence for a user; ``keyMismatch(path:mismatch:)`` adds a table.
  public var description: String {
    switch self {
    case .notACheckpoint(let path, let reason):
      "cannot use \(path.printable): \(reason)"
    case .unsupported(let path, let feature):
      "cannot use \(path.printable): \(feature)"
    case .keyMismatch(let path, let mismatch):
      "\(path.printable) does not fit the model: \(mismatch.summary)\n\(mismatch.table)"
    }
  }
}
