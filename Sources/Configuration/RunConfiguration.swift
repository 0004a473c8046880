import Foundation

/// Everything that a run needs to know, as a value with defaults: the one place where they are stated.
///
/// Command lines and files are laid over it, and what came of that can be written down and read again.
public protocol RunConfiguration: Sendable, Codable, Equatable {
  /// All defaults.
  init()
}

/// Settings that no configuration has, or that are not what they should be.
public enum ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A name that means nothing; `path` leads to it, with points between.
  case unknownSetting(path: String)
  /// A value of another kind than its setting has.
  case unusableValue(path: String)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .unknownSetting(let path): "there is no setting \(path)"
    case .unusableValue(let path): "the value of \(path.isEmpty ? "the configuration" : path) cannot be used"
    }
  }
}

extension RunConfiguration {
  /// All defaults.
  public static var defaults: Self { Self() }

  /// The configuration as values to be written; settings that are `nil` are left out.
  public var settings: SettingValue {
    get throws { try JSONDecoder().decode(SettingValue.self, from: JSONEncoder().encode(self)) }
  }

  /// The defaults with some settings laid over them.
  ///
  /// - Throws: ``ConfigurationError`` for a name that the defaults do not have and that changes nothing, or a value of
  ///   another kind.
  public init(settings: SettingValue) throws {
    let whole = try Self.defaults.settings.overlaid(by: settings)
    do {
      self = try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(whole))
    } catch let error as DecodingError {
      throw ConfigurationError.unusableValue(path: error.path)
    }
    // What was not understood does not come back.
    if let path = settings.firstName(missingIn: try self.settings) {
      throw ConfigurationError.unknownSetting(path: path)
    }
  }
}

extension DecodingError {
  /// The way to the value that could not be decoded, with points between names.
  fileprivate var path: String {
    let context: Context? =
      switch self {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
        .dataCorrupted(let context):
        context
      @unknown default: nil
      }
    return context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
  }
}

extension SettingValue {
  /// The way to the first name that stands here with a value and not in `other`, in the order of the alphabet.
  fileprivate func firstName(missingIn other: SettingValue) -> String? {
    guard case .group(let mine) = self, case .group(let theirs) = other else { return nil }
    for (name, value) in mine.sorted(by: { $0.key < $1.key }) where value != .none {
      guard let found = theirs[name] else { return name }
      if let rest = value.firstName(missingIn: found) { return "\(name).\(rest)" }
    }
    return nil
  }
}
