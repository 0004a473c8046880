import Foundation

/// Shares of a data set for training, validation and test, which sum to 1.
public struct SplitFractions: Sendable, Equatable {
  /// Share of the training part.
  public let training: Double
  /// Share of the validation part.
  public let validation: Double
  /// Share of the test part.
  public let test: Double

  /// Row numbers of each part; a part without a share is empty.
  public struct Partition: Sendable, Equatable {
    /// Rows of the training part.
    public var training: [Int]
    /// Rows of the validation part.
    public var validation: [Int]
    /// Rows of the test part.
    public var test: [Int]
  }

  /// Reads proportions such as `100,1,1`, `8/1/1` or `.8`.
  ///
  /// Numbers are separated by `,` or else by `/`. When they sum to less than 1 the remainder is one more part; of more than
  /// three parts the first three count. A part that has its own file gets nothing; the rest is scaled to sum 1.
  ///
  /// - Throws: `CorpusError.invalidSplit`.
  public init(parsing text: String, hasValidation: Bool, hasTest: Bool) throws(CorpusError) {
    let separator: Character = text.contains(",") ? "," : "/"
    var parts: [Double] = []
    for piece in text.split(separator: separator, omittingEmptySubsequences: false) {
      let word = piece.trimmingCharacters(in: .whitespaces)
      guard let number = Double(word), number.isFinite else {
        throw .invalidSplit(text: text, reason: "\"\(word)\" is not a number")
      }
      guard number >= 0 else { throw .invalidSplit(text: text, reason: "a part is negative") }
      parts.append(number)
    }
    let sum = parts.reduce(0, +)
    // Proportions such as .7,.2,.1 sum to a hair less than 1 and have no remainder.
    if sum < 1 - 1e-9 { parts.append(1 - sum) }
    parts = Array((parts + [0, 0]).prefix(3))
    if hasValidation { parts[1] = 0 }
    if hasTest { parts[2] = 0 }
    let total = parts.reduce(0, +)
    guard total > 0 else { throw .invalidSplit(text: text, reason: "every part is zero") }
    training = parts[0] / total
    validation = parts[1] / total
    test = parts[2] / total
  }

  /// Whether everything is one part, so that nothing is shuffled.
  public var isWhole: Bool { [training, validation, test].contains(1) }

  /// Cuts `count` shuffled rows into parts that share no row.
  ///
  /// Part i ends at ⌊N·(f₁ + … + fᵢ)⌋. A part with a share that would get no row takes one from the largest part. Without
  /// a cut the rows keep their order and nothing is drawn.
  ///
  /// - Throws: `CorpusError.tooFewRows` when there are fewer rows than parts with a share.
  public func partition(count: Int, generator: inout MersenneTwister) throws(CorpusError) -> Partition {
    let fractions = [training, validation, test]
    let wanted = fractions.filter { $0 > 0 }.count
    guard count >= wanted else { throw .tooFewRows(rows: count, parts: wanted) }
    var order = Array(0..<count)
    if !isWhole { generator.shuffle(&order) }
    var cursor = 0
    let parts = sizes(count: count).map { size in
      defer { cursor += size }
      return Array(order[cursor..<(cursor + size)])
    }
    return Partition(training: parts[0], validation: parts[1], test: parts[2])
  }

  /// Rows of each part.
  ///
  /// There are at least as many rows as parts with a share.
  func sizes(count: Int) -> [Int] {
    let fractions = [training, validation, test]
    var cumulative = 0.0
    var previous = 0
    var sizes = fractions.map { fraction -> Int in
      cumulative += fraction
      // Rounding must not lose a row where a product is whole.
      let end = min(count, Int((Double(count) * cumulative + 1e-9).rounded(.down)))
      defer { previous = end }
      return end - previous
    }
    for part in sizes.indices where fractions[part] > 0 && sizes[part] == 0 {
      guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) else { break }
      sizes[largest] -= 1
      sizes[part] = 1
    }
    return sizes
  }
}
