/// Why a file could not be opened, read or written.
public enum FileError: Error, Equatable, Sendable {
  /// Nothing exists at `path`.
  case notFound(path: String)

  /// The file exists but the system refuses to read it; `reason` is the system's.
  case unreadable(path: String, reason: String)

  /// The file ends before what it should hold; it was cut, or is being written.
  case cutShort(path: String)

  /// There is no new file at `path`; `previousKept` says that an older one stands there as it was.
  case writeFailed(path: String, reason: String, previousKept: Bool)
}

extension FileError: CustomStringConvertible {
  /// One sentence for a user.
  public var description: String {
    switch self {
    case .notFound(let path): "cannot read \(path.printable): there is no such file"
    case .unreadable(let path, let reason): "cannot read \(path.printable): \(reason)"
    case .cutShort(let path): "\(path.printable) is cut short"
    case .writeFailed(let path, let reason, let previousKept):
      "cannot write \(path.printable): \(reason)" + (previousKept ? "; the previous file is unchanged" : "")
    }
  }
}
