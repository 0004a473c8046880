extension ByteWindow {
  /// Passes blanks and line breaks; returns the byte behind them, which stays, or nil at the end of the file.
  func passBlanks() throws(CorpusError) -> UInt8? {
    while true {
      let blanks = leadingBlanks()
      let next = withBytes { blanks < $0.count ? $0[blanks] : nil }
      consume(blanks)
      if let next { return next }
      if isComplete { return nil }
      try fill()
    }
  }

  /// The first byte that is no blank, or nil when there is none in the file.
  ///
  /// Passes blank lines only: blanks that start a line may be an empty field, or belong to a text.
  func passBlankLines() throws(CorpusError) -> UInt8? {
    while leadingBlanks() == count, !isComplete {
      // Lines that are passed for good need not be kept.
      let lines = withBytes { bytes in bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0 }
      consume(lines)
      try fillWithinRecord()
    }
    let blanks = leadingBlanks()
    guard blanks < count else { return nil }
    let lines = withBytes { bytes in bytes[0..<blanks].lastIndex(of: 10).map { $0 + 1 } ?? 0 }
    consume(lines)
    return withBytes { $0[blanks - lines] }
  }

  /// Makes more bytes of an unfinished record visible.
  ///
  /// - Throws: `CorpusError.recordTooLong`, and what reading throws.
  func fillWithinRecord() throws(CorpusError) {
    guard count <= Self.maximumRecordSize else {
      throw .recordTooLong(path: path, line: line, limit: Self.maximumRecordSize)
    }
    try fill()
  }

  private func leadingBlanks() -> Int { withBytes { bytes in bytes.firstIndex { !$0.isBlank } ?? bytes.count } }

  /// Bytes of the line at the current place, without its line feed; nil while its end is not visible.
  func lineLength() -> Int? {
    let length = withBytes { $0.place(of: 10, from: 0) }
    return length < count || isComplete ? length : nil
  }

  /// The fields of the line at the current place under one delimiter.
  func headerFields(delimiter: UInt8) throws(CorpusError) -> [String] {
    while lineLength() == nil { try fillWithinRecord() }
    var parser = DelimitedParser(delimiter: delimiter)
    return withBytes { bytes in
      let line = UnsafeBufferPointer(rebasing: bytes[0..<(lineLength() ?? 0)])
      guard !line.isEmpty, case .record = parser.parse(line, isComplete: true) else { return [] }
      return parser.strings(line)
    }
  }
}

extension UInt8 {
  /// Space, TAB, line feed or carriage return.
  var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

/// Paths of text files.
enum CorpusPath {
  /// Extensions that are read, each also with `.gz` behind it.
  static let knownExtensions = ["csv", "tsv", "json", "jsonl", "ndjson", "txt"]

  /// The extension of a path in lower case, without `.gz`; nil when there is none, so that content decides.
  ///
  /// - Throws: `CorpusError.unknownExtension` when it is none that is read here.
  static func knownExtension(of path: String) throws(CorpusError) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 1, parts[parts.count - 1].lowercased() == "gz" { parts.removeLast() }
    guard parts.count > 1 else { return nil }
    let found = parts[parts.count - 1].lowercased()
    guard knownExtensions.contains(found) else { throw .unknownExtension(path: path, fileExtension: found) }
    return found
  }

  /// A path without its extension.
  static func stem(of path: String) -> String {
    let dot = path.lastIndex(of: ".")
    let slash = path.lastIndex(of: "/")
    guard let dot, slash.map({ $0 < dot }) ?? true else { return path }
    return String(path[..<dot])
  }
}
