/// What a sentence may carry of a user's own text: names, values and headers come from files, and must neither move the
/// cursor of a terminal nor fill it.
extension String {
  /// The text on one line: what cannot be seen is escaped, and what is long is cut.
  package var printable: String { printable(limit: 300) }

  /// The same, cut after `limit` characters.
  package func printable(limit: Int) -> String {
    var result = ""
    let scalars = unicodeScalars.prefix(limit + 1)
    for scalar in scalars.prefix(limit) {
      if let byte = FileName.byte(of: scalar) {
        result += "\\x" + String(byte, radix: 16, uppercase: true)
      } else if scalar.isInvisible {
        result += scalar.escaped(asASCII: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return scalars.count > limit ? result + "…" : result
  }

  /// ``printable`` between single quotation marks.
  package var quoted: String { "'\(printable)'" }

  /// The text as the path of an input, of which `-` is standard input.
  package var shownAsPath: String { self == "-" ? "standard input" : printable }

  /// Lines of any length with everything else that cannot be seen escaped: for what others have put together.
  package var withoutControls: String {
    guard unicodeScalars.contains(where: { $0 != "\n" && $0.isInvisible }) else { return self }
    return unicodeScalars.reduce(into: "") { result, scalar in
      if scalar != "\n", scalar.isInvisible {
        result += scalar.escaped(asASCII: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar changes how others are shown, and is not seen itself.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

/// Names as a sentence shows them.
package enum ShownNames {
  /// Names in quotes, the first of many, each cut: `"a", "b" and 7 more`.
  package static func listed(_ names: [String], quote: String = "\"") -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(12).map { quote + $0.printable(limit: 60) + quote }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}

/// A number and the noun it counts, such as "1 row" and "2 rows".
///
/// - Parameter shown: the number as the sentence has it; its plain digits by default.
package func counted(_ count: Int, _ noun: String, as shown: String? = nil) -> String {
  "\(shown ?? "\(count)") \(noun)\(count == 1 ? "" : "s")"
}
