import ArgumentParser

/// Writes the tables of options into a manual: all that help says of them, at the places that the manual marks.
///
/// A place is `<!-- options of <command> -->` to `<!-- end of options -->`; what stands between is replaced.
public enum OptionManual {
  private static let end = "<!-- end of options -->"

  /// `manual` with its tables as the commands are now.
  public static func updated(_ manual: String) -> String {
    var manual = manual
    for command in CommandName.allCases {
      guard let group = command.optionGroup, let dump = CommandDump.of(group) else { continue }
      let start = "<!-- options of \(command) -->"
      guard let begin = manual.range(of: start), let stop = manual[begin.upperBound...].range(of: end) else { continue }
      manual.replaceSubrange(begin.upperBound..<stop.lowerBound, with: "\n\n" + tables(dump.command.options) + "\n")
    }
    return manual
  }

  /// A table for each group of options.
  private static func tables(_ options: [CommandDump.Argument]) -> String {
    var titles: [String] = []
    for option in options where titles.last != option.sectionTitle ?? "" { titles.append(option.sectionTitle ?? "") }
    return titles.map { title in
      let rows = options.filter { $0.sectionTitle ?? "" == title }.map(row)
      return (["### \(title)", "", "| option | default | effect |", "|---|---|---|"] + rows).joined(separator: "\n")
        + "\n"
    }.joined(separator: "\n")
  }

  private static func row(_ option: CommandDump.Argument) -> String {
    let value = option.arity == .flag ? "" : " <\(option.valueName ?? "value")>" + (option.arity == .list ? " ..." : "")
    var effect = option.abstract ?? ""
    var standing = option.arity == .flag ? "off" : option.defaultValue ?? ""
    if let stated = effect.firstMatch(of: /\ \(default: ([^()]*)\)/) {
      standing = String(stated.1)
      effect.removeSubrange(stated.range)
    }
    if let names = option.allValues, !names.isEmpty { effect += " One of " + names.joined(separator: ", ") + "." }
    if let more = option.discussion, !more.isEmpty { effect += " " + more }
    let cells = ["`--\(option.longName ?? "")\(value)`", marked(standing), marked(effect)]
    return "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ")
      + " |"
  }

  /// Options, and names in angle brackets, as code.
  private static func marked(_ text: String) -> String {
    text.replacing(/--[a-z][a-z-]*|<[a-z]+>[.a-z]*/) { "`\($0.output)`" }
  }
}
