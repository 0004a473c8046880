import Corpora

/// Why labels that texts came with are not compared with a classifier's answers.
public enum LabelRefusal: Sendable, Equatable, CustomStringConvertible {
  /// None of the labels is in the label map; `found` are some of them.
  case noneInMap(LabelMap?, found: [String])
  /// The columns of the labels are not those of the classes.
  case otherColumns([String], classes: [String])
  /// A label is one of the classes that the classifier's own label map makes of others.
  case alreadyClasses(String, map: LabelMap)
  /// Labels other than 0 and 1.
  case notBinary(LabelTally)
  /// Only 1 and −1, and −1 means that a label is not known.
  case perhapsUnknown(LabelTally)

  /// The reason as a clause.
  public var description: String {
    switch self {
    case .noneInMap(let map, let found):
      "no label is in the label map \(map?.description ?? ""); among the labels are \(Self.listed(found))"
    case .otherColumns(let keys, let classes):
      "the classifier tells \(Self.listed(classes)), and the labels that were named are \(Self.listed(keys))"
    case .alreadyClasses(let label, let map):
      "the classifier was made of labels that the map \(map) made two classes of, and these have \(label) too, which is "
        + "one of the classes"
    case .notBinary(let tally): "the labels in \"\(tally.column)\" are \(tally), and the classifier's are 0 and 1"
    case .perhapsUnknown(let tally): "the labels in \"\(tally.column)\" are \(tally), and -1 means not known"
    }
  }

  private static func listed(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
}
