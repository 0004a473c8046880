import Models

/// Parameters that are trained by other settings than the rest, chosen by their paths.
public struct ParameterGroup: Sendable, Codable, Equatable {
  /// The paths (``NamedParameter/path``) that belong to the group, cut at their dots.
  ///
  /// `*` stands for any characters of one part, and a part `**` for any number of parts, none included: `layers.**` is a
  /// whole branch, `**.*Bias` every bias of a recurrent layer.
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

  /// Whether the parameter at `path` belongs to the group.
  public func contains(_ path: String) -> Bool {
    Self.matches(Self.parts(pattern)[...], Self.parts(path)[...])
  }

  private static func parts(_ text: String) -> [Substring] {
    text.split(separator: ".", omittingEmptySubsequences: false)
  }

  private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == "**" {
      // Repetitions say nothing more, and would each try every cut of the path.
      let rest = pattern.drop { $0 == "**" }
      return (path.startIndex...path.endIndex).contains { matches(rest, path[$0...]) }
    }
    guard let part = path.first else { return false }
    return matchesPart(Array(first), Array(part)) && matches(pattern.dropFirst(), path.dropFirst())
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

  /// The group of each parameter: the first that its path belongs to; `nil` where there is none.
  ///
  /// - Throws: ``OptimizationError`` for a group that no parameter belongs to, or with a setting that makes no sense.
  static func assign(_ groups: [ParameterGroup], to parameters: [NamedParameter]) throws -> [ParameterGroup?] {
    for group in groups {
      for (setting, value) in [("rate factor", group.rateFactor), ("weight decay", group.weightDecay ?? 0)]
      where !value.isFinite || value < 0 {
        throw OptimizationError.invalidGroup(pattern: group.pattern, setting: setting, value: value)
      }
      guard parameters.contains(where: { group.contains($0.path) }) else {
        throw OptimizationError.unmatchedPattern(group.pattern)
      }
    }
    return parameters.map { parameter in groups.first { $0.contains(parameter.path) } }
  }
}
