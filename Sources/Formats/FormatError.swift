import Files

/// Why the arrays in a file of some format could not be used.
public enum FormatError: Error, Equatable, Sendable {
  /// The bytes at `path` do not follow the format they should be in.
  case malformed(path: String, reason: String)

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
}

extension FormatError: CustomStringConvertible {
  /// One sentence for a user.
  public var description: String {
    switch self {
    case .malformed(let path, let reason):
      "cannot use \(path.printable): \(reason)"
    case .truncated(let path, let expected, let found):
      "\(path.printable) is cut short: it has \(counted(found, "byte")) and should have at least \(expected)"
    case .unsupported(let path, let feature):
      "cannot use \(path.printable): \(feature)"
    case .refusedCall(let path, let name):
      "cannot use \(path.printable): the file asks to call \(name.printable); it is refused, because only data "
        + "are read from a pickle"
    case .missingKey(let path, let key, let available):
      "\(path.printable) has no tensor \(key.quoted); it has \(Self.list(available))"
    case .wrongShape(let path, let key, let expected, let found):
      "tensor \(key.quoted) in \(path.printable) has shape \(found) and should have \(expected)"
    case .wrongType(let path, let key, let expected, let found):
      "tensor \(key.quoted) in \(path.printable) holds \(found) and should hold \(expected)"
    }
  }

  private static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(8).map(\.quoted).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}
