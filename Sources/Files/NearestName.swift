/// Finds what a misspelt name was meant to be.
package enum NearestName {
  /// The known name that differs from `name` by no more than a third of its letters, the nearest of several.
  ///
  /// Blanks around names and upper case do not count as differences.
  package static func of(_ name: String, among known: [String]) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    let candidates = known.prefix(1000).compactMap { candidate -> (name: String, distance: Int)? in
      let folded = folded(candidate)
      guard abs(folded.count - wanted.count) <= wanted.count / 3 else { return nil }
      let distance = distance(wanted, folded)
      return distance <= max(1, wanted.count / 3) && distance < wanted.count ? (candidate, distance) : nil
    }
    return candidates.min { $0.distance < $1.distance }?.name
  }

  private static func folded(_ name: String) -> [Character] {
    var characters = Array(name.lowercased())[...]
    while characters.first?.isWhitespace == true { characters.removeFirst() }
    while characters.last?.isWhitespace == true { characters.removeLast() }
    return Array(characters)
  }

  /// Letters to insert, leave out, replace or exchange with their neighbour.
  package static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...second.count)
    for i in first.indices {
      var row = [i + 1]
      for j in second.indices {
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[second.count]
  }
}
