/// What is known of the values of one label column while rows are read.
///
/// The first known label decides whether they are numbers or names.
struct LabelColumn {
  /// What a cell means.
  enum Outcome: Equatable {
    case value(Float)
    case empty
    /// A label that the map does not name.
    case unmapped
    case notANumber
    case numberAmongNames
    case unknownName
    case tooManyNames

    /// Why a row is left out whose label this is.
    var skipReason: SkipReason { self == .unmapped ? .unmappedLabel : .emptyLabel }
  }

  /// More names than these are a column of texts rather than of labels.
  static let maximumNames = 1000

  /// The names so far, in the order of their numbers.
  private(set) var names: [String]
  private var spellings: [[UInt8]]
  /// Whether names that are not known yet may be added.
  private let learnsNames: Bool
  private var holdsNumbers = false
  private let lookup: LabelLookup?

  /// - Throws: `CorpusError.invalidLabelMap` when the map names classes that the column cannot have.
  init(_ classes: LabelClasses, map: LabelMap?, column: Int) throws(CorpusError) {
    switch classes {
    case .learned:
      names = map?.classNames ?? []
      learnsNames = map == nil
    case .known(let known):
      names = column < known.count ? known[column] : []
      learnsNames = false
    }
    spellings = names.map { Array($0.utf8) }
    if let map { lookup = try LabelLookup(map, names: names) } else { lookup = nil }
  }

  /// Reads a cell; blanks around it do not count.
  mutating func read(_ cell: UnsafeBufferPointer<UInt8>) -> Outcome {
    switch LabelNumber.read(cell) {
    case .empty: return .empty
    case .number(let number): return read(number)
    case .other:
      let name = LabelNumber.trimmed(cell)
      if let lookup { return lookup[name].map(Outcome.value) ?? .unmapped }
      return self.name(name)
    }
  }

  /// Reads a truth value: 1 or 0, or what a map says of `true` and `false`.
  mutating func read(_ isTrue: Bool) -> Outcome {
    if lookup != nil {
      let named = Array((isTrue ? "true" : "false").utf8).withUnsafeBufferPointer { read($0) }
      if named != .unmapped { return named }
    }
    return read(isTrue ? 1 : 0)
  }

  /// Reads a number that is known to be one.
  mutating func read(_ number: Float) -> Outcome {
    if let lookup { return lookup[number].map(Outcome.value) ?? .unmapped }
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
