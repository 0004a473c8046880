import Corpora

/// The labels that two classes can have: 0 and 1, or two names.
public enum BinaryLabels {
  /// The parts of a transfer's texts, each with what is asked of its labels.
  public enum Part: String, Sendable {
    /// Both classes are needed.
    case training
    /// Every label must be known.
    case validation
    /// Rows of unknown labels are predicted and not scored; others must be of the two classes.
    case test
  }

  /// Refuses labels of a part that a transfer cannot use.
  ///
  /// - Throws: ``AnalysisError/unusableLabels(split:found:)``, ``AnalysisError/singleClass(label:rows:)``.
  public static func require(_ tally: LabelTally, of part: Part) throws {
    switch part {
    case .training, .validation: try require(tally, split: part.rawValue, needsBoth: part == .training)
    case .test:
      if !tally.isBinary { throw AnalysisError.unusableLabels(split: part.rawValue, found: tally) }
    }
  }

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

  /// Why such labels are refused.
  static func refusal(of tally: LabelTally, split: String) -> String {
    let column = "\"\(tally.column)\""
    let names = tally.classNames
    if tally.unknown > 0, tally.isBinary {
      let rows =
        tally.unknown == 1 ? "1 row of the \(split) data has" : "\(tally.unknown) rows of the \(split) data have"
      return "\(rows) no known label: the labels in \(column) are \(tally), and -1 means not known"
    }
    if names.isEmpty || tally.labels.count > LabelTally.shownLabels {
      return "The \(split) labels in \(column) are \(tally), and this classifier tells two classes apart"
        + (tally.labels.count > LabelTally.shownLabels ? "" : ", 0 and 1")
    }
    return "The \(split) labels in \(column) have \(names.count) different names, \(tally), and this classifier tells "
      + "two apart"
  }
}
