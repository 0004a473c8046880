/// A value of a configuration as files have it: what JSON can say.
public enum SettingValue: Sendable, Codable, Equatable {
  /// Nothing.
  case none
  /// True or false.
  case flag(Bool)
  /// A whole number.
  case integer(Int)
  /// Any other number.
  case number(Double)
  /// Text.
  case text(String)
  /// Values in order.
  case list([SettingValue])
  /// Values by name.
  case group([String: SettingValue])

  /// Reads what stands there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([SettingValue].self) {
      self = .list(value)
    } else {
      self = .group(try container.decode([String: SettingValue].self))
    }
  }

  /// Writes it as it stands.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .none: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .group(let value): try container.encode(value)
    }
  }

  /// The value of this name in a group.
  public subscript(name: String) -> SettingValue? {
    if case .group(let values) = self { values[name] } else { nil }
  }

  /// The text, where it is one.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// This value with another laid over it: groups are merged name by name, anything else is replaced.
  ///
  /// A choice is a group of one name, that of its case; another case takes its place.
  public func overlaid(by other: SettingValue) -> SettingValue {
    guard case .group(let base) = self, case .group(let over) = other else { return other }
    if base.count == 1, over.count == 1, base.keys != over.keys { return other }
    return .group(base.merging(over) { $0.overlaid(by: $1) })
  }
}
