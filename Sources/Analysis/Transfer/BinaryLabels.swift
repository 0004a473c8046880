import Corpora

/// The labels that two classes can have: 0 and 1, or two names.
enum BinaryLabels {
  /// Refuses labels that no regression can be fitted to or scored by.
  ///
  /// - Parameter needsBoth: whether both classes must be there.
  /// - Throws: ``AnalysisError/unusableLabels(split:found:)``, ``AnalysisError/singleClass(label:rows:)``.
  static func require(_ tally: LabelTally, split: String, needsBoth: Bool) throws {
    let names = tally.classNames
    if needsBoth, tally.unknown == 0, let label = tally.labels.first, tally.labels.count == 1 {
      let text = tally.text(label)
      throw AnalysisError.singleClass(label: names.isEmpty ? text : "\"\(text)\"", rows: tally.known)
    }
    guard tally.unknown == 0, tally.isBinary, names.isEmpty || names.count == 2 else {
      throw AnalysisError.unusableLabels(split: split, found: tally)
    }
  }

  /// Why such labels are refused, and what would make them usable.
  static func refusal(of tally: LabelTally, split: String) -> String {
    let column = "\"\(tally.column)\""
    let names = tally.classNames
    if tally.unknown > 0, tally.isBinary {
      let known = tally.labels.map(tally.text)
      let rest =
        known == ["1"]
        ? "if -1 is a class here, add --label-map -1=0 1=1"
        : "to leave such rows out, add --label-map \(LabelTally.identityMap(known, names: names))"
      let count = tally.unknown == 1 ? "1 row" : "\(tally.unknown) rows"
      return
        "\(count) of the \(split) data \(tally.unknown == 1 ? "has" : "have") no known label: the labels in \(column) are \(tally), "
        + "and -1 means not known; \(rest)."
    }
    if tally.labels.count > LabelTally.shownLabels {
      return
        "The \(split) labels in \(column) are \(tally), and this classifier tells two classes apart; if another column "
        + "holds the label, name it with --label-key, or else say with --label-map which labels become 0 and 1."
    }
    let example = tally.suggestedMap.map { ", for example --label-map \($0)" } ?? " with --label-map"
    if names.isEmpty {
      return "The \(split) labels in \(column) are \(tally), and this classifier tells two classes apart, 0 and 1; "
        + "say which labels become them\(example), where rows with other labels drop out."
        + (tally.labels.count > 2 ? otherTool : "")
    }
    return "The \(split) labels in \(column) have \(names.count) different names, \(tally), and this classifier tells "
      + "two apart; say which become one class\(example)." + otherTool
  }

  private static let otherTool = " To tell more than two classes apart takes another tool."
}

extension LabelTally {
  /// A `--label-map` that keeps these labels and lets all others drop out.
  fileprivate static func identityMap(_ labels: [String], names: [String]) -> String {
    (labels.isEmpty ? names.isEmpty ? ["0", "1"] : names : labels).map { "\($0)=\($0)" }.joined(separator: " ")
  }
}
