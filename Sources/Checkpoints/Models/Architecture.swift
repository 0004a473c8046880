import Files
import Models

/// What kind of model a file holds, and all that is needed to build it.
public enum Architecture: Sendable, Equatable {
  /// A recurrent language model.
  case recurrent(LanguageModelConfiguration)

  /// Kinds by the tag that they have in cards.
  private enum Family: String, CaseIterable {
    case recurrent
  }

  /// A tag that this version does not know.
  struct UnknownFamily: Error {
    let tag: String

    /// A clause for a user.
    var reason: String {
      "it holds a model of the kind \(tag.quoted), and this program knows "
        + Family.allCases.map(\.rawValue.quoted).joined(separator: ", ")
    }
  }

  /// Tokens in the vocabulary, padding included.
  public var vocabularySize: Int {
    switch self {
    case .recurrent(let configuration): configuration.vocabularySize
    }
  }

  /// The configuration of a recurrent language model.
  ///
  /// - Throws: ``CheckpointError/unsupported(path:feature:)`` for a model of another kind.
  public func requireRecurrent(path: String) throws(CheckpointError) -> LanguageModelConfiguration {
    switch self {
    case .recurrent(let configuration): configuration
    }
  }
}

extension Architecture: Codable {
  private enum CodingKeys: String, CodingKey {
    case family
  }

  /// Reads the settings by the tag beside them; without one they are those of a recurrent model.
  public init(from decoder: any Decoder) throws {
    let tag = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .family)
    guard let family = tag.map(Family.init(rawValue:)) ?? .recurrent else { throw UnknownFamily(tag: tag ?? "") }
    switch family {
    case .recurrent: self = .recurrent(try LanguageModelConfiguration(from: decoder))
    }
  }

  /// Writes the settings; a recurrent model's stand alone, as in all files before there were other kinds.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .recurrent(let configuration): try configuration.encode(to: encoder)
    }
  }
}
