import Corpora

/// Which label column belongs to which class of a classifier, and whether their labels mean the same.
struct LabelComparison {
  let classes: [String]
  let classNames: [String]?
  let keys: [String]
  let map: LabelMap?
  /// Whether the map is that of the classifier's file rather than one that was typed.
  let isRecorded: Bool

  /// For each class its label column: by name where any name is shared, or else by place; `nil` when they do not agree.
  var columns: [Int]? {
    guard keys.count == classes.count else { return nil }
    guard classes.count > 1, keys.contains(where: classes.contains) else { return Array(classes.indices) }
    let places = classes.compactMap { keys.firstIndex(of: $0) }
    return places.count == classes.count ? places : nil
  }

  /// Why the labels cannot be compared with the decisions; `nil` when they can, or when there are none.
  func refusal(_ tallies: [LabelTally], _ summary: ReadingSummary) -> LabelRefusal? {
    let found = tallies.filter { $0.known > 0 }
    if found.isEmpty {
      return summary.unmappedLabels == 0 ? nil : .noneInMap(map, found: summary.unmappedSpellings)
    }
    if columns == nil { return .otherColumns(keys, classes: classes) }
    if let map, isRecorded, !map.isUnambiguous,
      let label = summary.unmappedSpellings.first(where: { spelling in map.entries.contains { $0.target == spelling } })
    {
      return .alreadyClasses(label, map: map)
    }
    for tally in found {
      if !tally.isBinary { return .notBinary(tally) }
      if tally.rows(0) == 0, summary.labelsWrittenAsUnknown > 0 { return .perhapsUnknown(tally) }
    }
    return nil
  }
}
