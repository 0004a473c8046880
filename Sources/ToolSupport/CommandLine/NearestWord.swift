import Files

/// Finds the word that somebody meant.
enum NearestWord {
  /// The word of `known` that `typed` most likely stands for; nil when none is near.
  ///
  /// A word is near when few letters have to be changed, added, dropped or swapped for the length of the word, when it
  /// begins with what was typed, or when what was typed is one of its parts between dashes.
  static func of(_ typed: String, among known: some Sequence<String>) -> String? {
    let known = known.sorted()
    let closest = known.map { (word: $0, distance: distance(typed, $0)) }
      .filter { $0.distance <= min(3, max(1, max(typed.count, $0.word.count) / 3)) && $0.distance < typed.count }
      .min { $0.distance < $1.distance }
    if let closest { return closest.word }
    guard typed.count >= 3 else { return nil }
    return known.first { $0.hasPrefix(typed) }
      ?? known.first { $0.split(separator: "-").contains(typed[...]) }
  }

  /// Letters to change, add, drop or swap with their neighbour to come from one word to the other.
  static func distance(_ first: String, _ second: String) -> Int {
    NearestName.distance(Array(first), Array(second))
  }
}
