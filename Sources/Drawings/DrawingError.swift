/// Why a picture cannot be drawn.
public enum DrawingError: Error, Sendable, Equatable {
  /// Nothing to draw.
  case empty(what: String)
  /// Two things that belong together one by one differ in number.
  case countMismatch(what: String, expected: Int, found: Int)
  /// A numeric setting is outside its range.
  case invalidSetting(name: String, value: Double, requirement: String)
  /// A histogram was asked for, but every label is unknown.
  case noKnownLabels(what: String)
  /// A file name whose extension names no drawing format.
  case unknownFormat(path: String, supported: [String])
  /// A picture would exceed what Cairo can hold; in pixels.
  case tooLarge(width: Double, height: Double)
  /// Cairo reported an error; the payload is its own message.
  case library(message: String)
}

extension DrawingError: CustomStringConvertible {
  /// One sentence that says what is wrong and, where it helps, what to do.
  public var description: String {
    switch self {
    case .empty(let what):
      "There are no \(what)."
    case .countMismatch(let what, let expected, let found):
      "There should be \(expected) \(what), one for each row, but there are \(found)."
    case .invalidSetting(let name, let value, let requirement):
      "The \(name) must be \(requirement), not \(value)."
    case .noKnownLabels(let what):
      "The \(what) cannot be drawn because every label is unknown."
    case .unknownFormat(let path, let supported):
      "The file name \"\(path)\" does not end in a picture format; use \(Self.alternatives(supported))."
    case .tooLarge(let width, let height):
      "A picture of \(Int(width)) by \(Int(height)) pixels is too large to draw; "
        + "use the HTML form, or draw a shorter text."
    case .library(let message):
      "The picture could not be drawn: \(message)."
    }
  }

  private static func alternatives(_ names: [String]) -> String {
    let dotted = names.map { ".\($0)" }
    guard let last = dotted.last, dotted.count > 1 else { return dotted.first ?? "another name" }
    return dotted.dropLast().joined(separator: ", ") + " or " + last
  }
}
