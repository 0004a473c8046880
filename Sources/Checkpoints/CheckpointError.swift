import Corpora

/// Why a checkpoint, or another file of numbers, could not be read or written.
public enum CheckpointError: Error, Equatable, Sendable {
  /// Nothing exists at `path`.
  case notFound(path: String)

  /// The file exists but the system refuses to read it; `reason` is the system's.
  case unreadable(path: String, reason: String)

  /// The bytes at `path` do not follow the format they should be in.
  case notACheckpoint(path: String, reason: String)

  /// The file ends early: `expected` and `found` are bytes.
  case truncated(path: String, expected: Int, found: Int)

  /// The file is well formed but uses something that is not read here.
  case unsupported(path: String, feature: String)

  /// A pickle in the file asks for something beyond data; `name` is that, such as `posix.system`.
  case refusedCall(path: String, name: String)

  /// `path` holds no tensor named `key`; `available` lists those it holds.
  case missingKey(path: String, key: String, available: [String])

  /// The tensor `key` has another shape than its use needs.
  case wrongShape(path: String, key: String, expected: [Int], found: [Int])

  /// The tensor `key` has another element type than its use needs.
  case wrongType(path: String, key: String, expected: String, found: String)

  /// The names and shapes in `path` are not those of the model.
  case keyMismatch(path: String, mismatch: KeyMismatch)

  /// There is no new file at `path`; `previousKept` says that an older one stands there as it was.
  case writeFailed(path: String, reason: String, previousKept: Bool)
}

extension CheckpointError: CustomStringConvertible {
  /// One sentence for a user; ``keyMismatch(path:mismatch:)`` adds a table.
  public var description: String {
    switch self {
    case .notFound(let path):
      return "cannot read \(path.printable): there is no such file"
    case .unreadable(let path, let reason):
      return "cannot read \(path.printable): \(reason)"
    case .notACheckpoint(let path, let reason):
      return "cannot use \(path.printable): \(reason)"
    case .truncated(let path, let expected, let found):
      return "\(path.printable) is cut short: it has \(found) bytes and should have at least \(expected)"
    case .unsupported(let path, let feature):
      return "cannot use \(path.printable): \(feature)"
    case .refusedCall(let path, let name):
      return "cannot use \(path.printable): the file asks to call \(name.printable); it is refused, because only data "
        + "are read from a pickle"
    case .missingKey(let path, let key, let available):
      return "\(path.printable) has no tensor \(key.quoted); it has \(Self.list(available))"
    case .wrongShape(let path, let key, let expected, let found):
      return "tensor \(key.quoted) in \(path.printable) has shape \(found) and should have \(expected)"
    case .wrongType(let path, let key, let expected, let found):
      return "tensor \(key.quoted) in \(path.printable) holds \(found) and should hold \(expected)"
    case .keyMismatch(let path, let mismatch):
      return "\(path.printable) does not fit the model: \(mismatch.summary)\n\(mismatch.table)"
    case .writeFailed(let path, let reason, let previousKept):
      return "cannot write \(path.printable): \(reason)" + (previousKept ? "; the previous file is unchanged" : "")
    }
  }

  private static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(8).map(\.quoted).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

extension String {
  /// The text as a sentence may carry it, between single quotation marks.
  var quoted: String { "'\(printable)'" }
}
