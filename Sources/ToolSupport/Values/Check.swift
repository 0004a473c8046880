import ArgumentParser

/// Range checks of option values; every message names the option, the range and the value.
enum Check {
  /// The most rows, steps or windows any counter accepts; products of two of them still fit an `Int`.
  static let largestCount = 1_000_000_000

  /// Numbers that float32 still tells from zero and from infinity after a product with the likes of them.
  static let smallNumber = 1e-30
  static let largeNumber = 1e6
  static let hugeNumber = 1e30

  /// The largest share below all: float32 takes what is much nearer to 1 for 1.
  static let largestShare = 0.9999

  static func range(
    _ option: String, _ value: Int?, _ range: ClosedRange<Int>, _ unit: String = ""
  ) throws {
    guard let value, !range.contains(value) else { return }
    let between = "\(TextFormat.count(range.lowerBound)) and \(TextFormat.count(range.upperBound))"
    let unit = unit.isEmpty ? "" : " " + unit
    throw ValidationError("\(option) must be between \(between)\(unit), not \(TextFormat.count(value)).")
  }

  /// Not-a-number is in no range.
  static func range(_ option: String, _ value: Double?, _ range: ClosedRange<Double>) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) must be between \(text(range.lowerBound)) and \(text(range.upperBound)), not \(text(value)).")
  }

  static func positive(_ option: String, _ value: Double) throws {
    guard !(value > 0 && value.isFinite) else { return }
    throw ValidationError("\(option) must be a positive number, not \(text(value)).")
  }

  static func notNegative(_ option: String, _ value: Double) throws {
    guard !(value >= 0 && value.isFinite) else { return }
    throw ValidationError("\(option) must be zero or a positive number, not \(text(value)).")
  }

  static func finite(_ option: String, _ value: Double?) throws {
    guard let value, !value.isFinite else { return }
    throw ValidationError("\(option) must be a number, not \(text(value)).")
  }

  static func notEmpty(_ option: String, _ value: String?, _ what: String) throws {
    guard let value, value.isEmpty else { return }
    throw ValidationError("\(option) must name \(what); it is empty.")
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? TextFormat.count(Int(value)) : "\(value)"
  }
}
