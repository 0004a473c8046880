import Models

/// Parameters that are trained by other settings than the rest, chosen by their names.
public struct ParameterGroup: Sendable, Codable, Equatable {
  /// The names that belong to the group, cut at their dots.
  ///
  /// `*` stands for any characters of one part, and a part `**` for any number of parts, none included: `encoder.**` is a
  /// whole branch, `**.*bias` every bias.
  public var pattern: String
  /// What the learning rate is multiplied by; 1 by default.
  public var rateFactor: Double
  /// Weight decay in place of the optimizer's; `nil` keeps that.
  public var weightDecay: Double?
  /// Whether the parameters stay as they are; no gradient is computed, and no state kept for them.
  public var isFrozen: Bool

  /// Describes a group.
  public init(_ pattern: String, rateFactor: Double = 1, weightDecay: Double? = nil, isFrozen: Bool = false) {
    self.pattern = pattern
    self.rateFactor = rateFactor
    self.weightDecay = weightDecay
    self.isFrozen = isFrozen
  }

  /// Whether the parameter `name` belongs to the group.
  public func contains(_ name: String) -> Bool {
    Self.matches(Self.parts(pattern)[...], Self.parts(name)[...])
  }

  private static func parts(_ text: String) -> [Substring] {
    text.split(separator: ".", omittingEmptySubsequences: false)
  }

  private static func matches(_ pattern: ArraySlice<Substring>, _ name: ArraySlice<Substring>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "**" {
      // Repetitions say nothing more, and would each try every cut of the name.
      let rest = pattern.drop { $0 == "**" }
      return (name.startIndex...name.endIndex).contains { matches(rest, name[$0...]) }
    }
    guard let part = name.first else { return false }
    return matchesPart(Array(first), Array(part)) && matches(pattern.dropFirst(), name.dropFirst())
  }

  /// Whether `part` is `pattern` with any characters in place of each `*`: a star takes as few as it can.
  private static func matchesPart(_ pattern: [Character], _ part: [Character]) -> Bool {
    var (place, position) = (0, 0)
    var star: (place: Int, position: Int)?
    while position < part.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, position)
        place += 1
      } else if place < pattern.count, pattern[place] == part[position] {
        place += 1
        position += 1
      } else if let last = star {
        star = (last.place, last.position + 1)
        (place, position) = (last.place + 1, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }

  /// The group of each parameter: the first that its name belongs to; `nil` where there is none.
  ///
  /// - Throws: ``OptimizationError`` for a group that no parameter belongs to, or with a setting that makes no sense.
  static func assign(_ groups: [ParameterGroup], to parameters: [Parameter]) throws -> [ParameterGroup?] {
    for group in groups {
      for (setting, value) in [("rate factor", group.rateFactor), ("weight decay", group.weightDecay ?? 0)]
      where !value.isFinite || value < 0 {
        throw OptimizationError.invalidGroup(pattern: group.pattern, setting: setting, value: value)
      }
      guard parameters.contains(where: { group.contains($0.name) }) else {
        throw OptimizationError.unmatchedPattern(group.pattern)
      }
    }
    return parameters.map { parameter in groups.first { $0.contains(parameter.name) } }
  }
}
