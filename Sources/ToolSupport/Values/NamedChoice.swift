import ArgumentParser

/// A closed list of names, matched without regard to case, with further spellings of some of them.
public protocol NamedChoice: ExpressibleByArgument, CaseIterable, RawRepresentable, Sendable
where RawValue: ExpressibleByArgument & CustomStringConvertible {
  /// The name as it is typed.
  var typedName: String { get }
  /// Other accepted spellings in lower case → the choice they mean.
  static var alternatives: [String: Self] { get }
}

extension NamedChoice {
  /// The raw value.
  public var typedName: String { rawValue.description }

  /// No other spellings.
  public static var alternatives: [String: Self] { [:] }

  /// The choice named by `argument`; nil for an unknown name.
  public init?(argument: String) {
    let wanted = argument.lowercased()
    let named = Self.allCases.first { $0.typedName.lowercased() == wanted }
    guard let choice = named ?? Self.alternatives[wanted] else { return nil }
    self = choice
  }

  /// The canonical names, as help shows them.
  public static var allValueStrings: [String] { allCases.map(\.typedName) }

  /// The name as help shows a default.
  public var defaultValueDescription: String { typedName }

  /// The canonical names in one phrase: `mLSTM, LSTM or GRU`.
  public static var list: String {
    let names = allCases.map(\.typedName)
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Every accepted spelling, other spellings in lower case.
  public static var spellings: [String] { allCases.map(\.typedName) + alternatives.keys.sorted() }
}
