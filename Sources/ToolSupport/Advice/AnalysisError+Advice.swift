import Analysis
import Corpora
import Files

extension AnalysisError: Advised {
  /// Which options name a neuron, a classifier, or labels that can be used.
  public var advice: String? {
    switch self {
    case .neuronNotKnown: "name one with --neuron, or load the classifier.safetensors that transfer wrote"
    case .noClassifier(let path): "make one of it with transfer --load \(path.printable)"
    case .unusableLabels(_, let found): Self.advice(for: found)
    default: nil
    }
  }

  /// What makes two classes of labels.
  private static func advice(for tally: LabelTally) -> String {
    let names = tally.classNames
    if tally.unknown > 0, tally.isBinary {
      let known = tally.labels.map(tally.text)
      return known == ["1"]
        ? "if -1 is a class here, add --label-map -1=0 1=1"
        : "to leave such rows out, add --label-map \(identityMap(known, names: names))"
    }
    if tally.labels.count > LabelTally.shownLabels {
      return "if another column holds the label, name it with --label-key, or else say with --label-map which labels "
        + "become 0 and 1"
    }
    let example = mapExample(tally)
    return names.isEmpty
      ? "say which labels become them\(example), where rows with other labels drop out"
        + (tally.labels.count > 2 ? otherTool : "")
      : "say which become one class\(example)" + otherTool
  }

  /// A map that keeps these labels and lets all others drop out.
  private static func identityMap(_ labels: [String], names: [String]) -> String {
    (labels.isEmpty ? names.isEmpty ? ["0", "1"] : names : labels).map { "\($0)=\($0)" }.joined(separator: " ")
  }

  private static let otherTool = ". To tell more than two classes apart takes another tool"

  /// How to say which labels become which class, with an example where one suggests itself.
  fileprivate static func mapExample(_ tally: LabelTally) -> String {
    tally.suggestedMap.map { ", for example --label-map \($0)" } ?? " with --label-map"
  }
}

extension LabelRefusal: Advised {
  /// Which label map makes the labels comparable.
  public var advice: String? {
    switch self {
    case .alreadyClasses: "add --label-map none if they are the classes already, or a map of their own"
    case .notBinary(let tally): "say which labels become them\(AnalysisError.mapExample(tally))"
    case .perhapsUnknown: "if it is a class here, add --label-map -1=0 1=1"
    case .noneInMap, .otherColumns: nil
    }
  }
}
