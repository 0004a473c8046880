import Files
import Foundation

/// Numbers as they are shown to people.
///
/// Independent of the locale.
public enum TextFormat {
  /// A whole number with a comma at every third digit: `12,345`.
  public static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// A number of things: `1 text`, `12,345 texts`.
  ///
  /// - Parameter noun: what is counted, in the singular.
  public static func counted(_ number: Int, _ noun: String) -> String {
    Files.counted(number, noun, as: count(number))
  }

  /// Names with their numbers: `0 negative, 1 positive`.
  public static func classes(_ names: [String]) -> String {
    names.enumerated().map { "\($0) \($1.printable(limit: 60))" }.joined(separator: ", ")
  }

  /// A span of time: `0.3s`, `42s`, `3m 12s`, `2h 05m`, `3d 04h`; `?` when it is not a finite number.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "?" }
    let seconds = max(0, seconds)
    if seconds < 9.95 { return decimals(seconds, 1) + "s" }
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole)s"
    case ..<3600: return "\(whole / 60)m \(twoDigits(whole % 60))s"
    case ..<86_400: return "\(whole / 3600)h \(twoDigits(whole % 3600 / 60))m"
    default: return "\(whole / 86_400)d \(twoDigits(whole % 86_400 / 3600))h"
    }
  }

  /// Work in a second: `38,214 characters/s`, below ten with one decimal; `?` when it is not a finite number.
  public static func rate(_ perSecond: Double, unit: String) -> String {
    guard perSecond.isFinite, perSecond >= 0, perSecond < 1e15 else { return "? \(unit)/s" }
    let number = perSecond < 9.95 ? decimals(perSecond, 1) : count(Int(perSecond.rounded()))
    return "\(number) \(unit)/s"
  }

  /// A size in bytes with decimal prefixes: `512 bytes`, `3.4 MB`, `12 GB`.
  public static func bytes(_ value: Int) -> String {
    guard value.magnitude >= 1000 else { return counted(value, "byte") }
    var size = Double(value)
    var prefix = ""
    for next in ["k", "M", "G", "T", "P"] where abs(size) >= 999.5 {
      size /= 1000
      prefix = next
    }
    return decimals(size, abs(size) < 9.95 ? 1 : 0) + " \(prefix)B"
  }

  /// A share of a whole in percent: `45%`, rounded down so that 100 % means done.
  public static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0%" }
    return "\(Int((Double(part) / Double(whole) * 100).rounded(.down)))%"
  }

  /// A number with a fixed count of digits behind the point: `1.230`.
  public static func decimals(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : (value < 0 ? "-inf" : "inf") }
    return String(format: "%.\(max(0, min(digits, 17)))f", value)
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
