extension String {
  /// The text with control characters escaped, and cut off when it is very long: names come from files, and
  /// must not be able to move the cursor of a terminal or to fill it.
  package var printable: String {
    var result = ""
    let limit = 300
    let scalars = unicodeScalars.prefix(limit + 1)
    for scalar in scalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += scalar.escaped(asASCII: true)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return scalars.count > limit ? result + "…" : result
  }

  /// ``printable`` between single quotation marks.
  package var quoted: String { "'\(printable)'" }
}

/// A number and the noun it counts, such as "1 row" and "2 rows".
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
