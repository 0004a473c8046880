/// What is known of the values of one label column while rows are read.
///
/// The first known label decides whether they are numbers or names.
struct LabelColumn {
  /// What a cell means.
  enum Outcome: Equatable {
    case value(Float)
    case empty
    case notANumber
    case numberAmongNames
    case unknownName
    case tooManyNames
  }

  /// More names than these are a column of texts rather than of labels.
  static let maximumNames = 1000

  /// The names so far, in the order of their numbers.
  private(set) var names: [String]
  private var spellings: [[UInt8]]
  /// Whether names that are not known yet may be added.
  private let learnsNames: Bool
  private var holdsNumbers = false

  init(_ classes: LabelClasses, column: Int) {
    switch classes {
    case .learned:
      names = []
      learnsNames = true
    case .known(let known):
      names = column < known.count ? known[column] : []
      learnsNames = false
    }
    spellings = names.map { Array($0.utf8) }
  }

  /// Reads a cell; blanks around it do not count.
  mutating func read(_ cell: UnsafeBufferPointer<UInt8>) -> Outcome {
    switch LabelNumber.read(cell) {
    case .empty: return .empty
    case .number(let number): return read(number)
    case .other: return name(LabelNumber.trimmed(cell))
    }
  }

  /// Reads a number that is known to be one.
  mutating func read(_ number: Float) -> Outcome {
    if !names.isEmpty {
      guard !learnsNames || number == LabelNumber.unknown else { return .numberAmongNames }
      // Files may have the numbers of the names in place of the names.
      let isKnown =
        number == LabelNumber.unknown || (number >= 0 && number < Float(names.count) && number == number.rounded())
      return isKnown ? .value(number) : .unknownName
    }
    // −1 says that the label is not known, in either kind of column.
    if number != LabelNumber.unknown { holdsNumbers = true }
    return .value(number)
  }

  private mutating func name(_ cell: UnsafeBufferPointer<UInt8>) -> Outcome {
    if let place = spellings.firstIndex(where: { $0.count == cell.count && $0.elementsEqual(cell) }) {
      return .value(Float(place))
    }
    let text = String(decoding: cell, as: UTF8.self)
    guard !holdsNumbers, learnsNames || !names.isEmpty, Self.isName(text) else { return .notANumber }
    guard learnsNames else { return .unknownName }
    guard names.count < Self.maximumNames else { return .tooManyNames }
    names.append(text)
    spellings.append(Array(cell))
    return .value(Float(names.count - 1))
  }

  /// Whether a label is a word rather than an odd number such as `nan`, `inf` or `--1`.
  private static func isName(_ text: String) -> Bool {
    Double(text) == nil && text.unicodeScalars.contains { $0.properties.isAlphabetic }
  }
}

/// Numbers of names in the order of the alphabet, which does not depend on the order of rows.
enum ClassOrder {
  /// The names in order, and for each number so far the number it becomes.
  static func sorted(_ names: [String]) -> (names: [String], numbers: [Float]) {
    let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    var numbers = [Float](repeating: 0, count: names.count)
    for (number, place) in order.enumerated() { numbers[place] = Float(number) }
    return (order.map { names[$0] }, numbers)
  }

  /// Gives labels other numbers; unknown ones stay.
  static func renumber(_ labels: inout [Float], by numbers: [Float]) {
    for index in labels.indices where labels[index] >= 0 { labels[index] = numbers[Int(labels[index])] }
  }
}
