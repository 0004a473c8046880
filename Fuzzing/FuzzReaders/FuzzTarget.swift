import Corpora

/// What inputs are given to.
enum FuzzTarget: String, CaseIterable {
  case csv
  case tsv
  case jsonArray = "json-array"
  case jsonLines = "json-lines"
  case plain
  /// Bytes of any kind under a name without extension.
  case content
  /// Damaged gzip files, and whole ones around damaged tables.
  case gzip
  case encodings
  case cleaner

  /// Ends of the names of seed files that are made for it.
  var endings: [String] {
    switch self {
    case .csv, .gzip: [".csv"]
    case .tsv: [".tsv"]
    case .jsonArray: [".json"]
    case .jsonLines: [".jsonl"]
    case .plain, .cleaner: [".txt"]
    case .content, .encodings: []
    }
  }

  /// Whether an input is of use here: arrays begin with a bracket.
  func adapted(_ input: [UInt8], _ mutator: inout Mutator) -> [UInt8] {
    switch self {
    case .jsonArray:
      input.first { $0 > 0x20 } == UInt8(ascii: "[") || mutator.draw(below: 16) == 0
        ? input : [UInt8(ascii: "[")] + input
    case .jsonLines:
      input.first { $0 > 0x20 } == UInt8(ascii: "{") || mutator.draw(below: 16) == 0
        ? input : Array("{\"sentence\":\"".utf8) + input
    case .csv, .tsv:
      mutator.draw(below: 3) == 0
        ? Array((self == .csv ? "label,sentence\n" : "label\tsentence\n").utf8) + input : input
    case .plain, .content, .gzip, .encodings, .cleaner: input
    }
  }

  /// Gives the input to the reader; a sentence when it does what it must not.
  func check(_ input: [UInt8], _ mutator: inout Mutator) -> (problem: String?, hasRows: Bool) {
    var options = ReadingOptions(
      labelKeys: ["label"], labels: mutator.draw(below: 2) == 0 ? .required : .optional)
    switch self {
    case .csv: return Self.compare(input, "a.csv", options, &mutator)
    case .tsv: return Self.compare(input, "a.tsv", options, &mutator)
    case .jsonArray: return Self.compare(input, "a.json", options, &mutator)
    case .jsonLines: return Self.compare(input, "a.jsonl", options, &mutator)
    case .plain:
      options.labels = .optional
      return Self.compare(input, "a.txt", options, &mutator)
    case .content: return Self.compare(input, "a", options, &mutator)
    case .encodings:
      options.encoding = TextEncoding.allCases[mutator.draw(below: TextEncoding.allCases.count)]
      return Self.compare(input, mutator.draw(below: 2) == 0 ? "a.csv" : "a.txt", options, &mutator)
    case .gzip:
      if mutator.draw(below: 2) == 0 { return Self.compare([0x1F, 0x8B, 8, 0] + input, "a.csv.gz", options, &mutator) }
      let plain = ReadOutcome(input, "a.csv", options, pieceSize: 1 << 12)
      let packed = ReadOutcome(Gzip.compress(input), "a.csv", options, pieceSize: 1 << 12)
      // Compressed bytes within compressed bytes are not read.
      let isPackedAlready = input.starts(with: [0x1F, 0x8B])
      return (plain == packed || isPackedAlready ? nil : "compressed and plain differ", plain.hasRows)
    case .cleaner: return (Self.clean(input), true)
    }
  }

  /// A file must give the same rows and the same error however it comes in pieces.
  private static func compare(
    _ input: [UInt8], _ name: String, _ options: ReadingOptions, _ mutator: inout Mutator
  ) -> (problem: String?, hasRows: Bool) {
    let whole = ReadOutcome(input, name, options, pieceSize: 1 << 14)
    let pieces = ReadOutcome(input, name, options, pieceSize: 16 + mutator.draw(below: 48))
    return (whole == pieces ? nil : "pieces differ: \(whole.ending) and \(pieces.ending)", whole.hasRows)
  }

  /// Cleaned text is well-formed, and no longer than its parts can become.
  private static func clean(_ input: [UInt8]) -> String? {
    for method in [CleaningMethod.processString, .processTweet] {
      let cleaned = method.clean(input)
      guard String(validating: cleaned, as: UTF8.self) != nil else { return "\(method) made ill-formed bytes" }
      guard cleaned.count <= 64 + 64 * input.count else { return "\(method) made \(cleaned.count) bytes" }
    }
    return CleaningMethod.none.clean(input) == input ? nil : "none changed something"
  }
}

/// All that reading gave.
struct ReadOutcome: Equatable {
  private(set) var rows: [CorpusRow] = []
  private(set) var summary = ReadingSummary()
  private(set) var format: CorpusFormat?
  private(set) var classNames: [[String]] = []
  /// The error in words, or that there was none.
  private(set) var ending = "read to the end"

  var hasRows: Bool { !rows.isEmpty }

  init(_ bytes: [UInt8], _ name: String, _ options: ReadingOptions, pieceSize: Int) {
    do {
      let reader = try RowReader(bytes: bytes, named: name, options: options, pieceSize: pieceSize)
      format = reader.format
      defer {
        summary = reader.summary
        classNames = reader.classNames
      }
      while let row = try reader.next() { rows.append(row) }
    } catch {
      ending = error.description
    }
  }
}
