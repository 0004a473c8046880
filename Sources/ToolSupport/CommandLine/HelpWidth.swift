import Foundation

/// Fits help to the width of the terminal.
enum HelpWidth {
  /// Below this the parser leaves no room for the text beside the names of the options.
  static let least = 50

  /// Columns to fill: `COLUMNS` where it is set, else the terminal's, else 80; never less than ``least``.
  static func columns(environment: [String: String] = ProcessInfo.processInfo.environment) -> Int {
    let chosen = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    return max(least, chosen ?? Console.width(of: Console.standardOutput, environment: environment))
  }

  /// Breaks at spaces what the parser leaves longer than `columns`, such as the usage; what follows is set in.
  static func wrapped(_ text: String, columns: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.count > columns else { return String(line) }
      let indentation = String(repeating: " ", count: line.prefix { $0 == " " }.count + 2)
      var lines = [String(line.prefix { $0 == " " })]
      for word in line.split(separator: " ") {
        let last = lines[lines.count - 1]
        let isBegun = last.contains { $0 != " " }
        if isBegun, last.count + 1 + word.count > columns {
          lines.append(indentation + word)
        } else {
          lines[lines.count - 1] += (isBegun ? " " : "") + word
        }
      }
      return lines.joined(separator: "\n")
    }
    .joined(separator: "\n")
  }
}
