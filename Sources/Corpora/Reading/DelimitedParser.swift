/// Finds one record of delimited text in a run of bytes.
///
/// Quotes `"` may enclose a field, which may then hold delimiters, line breaks and doubled quotes. A quote that does not
/// open a field is an ordinary character, as is a carriage return without a line feed behind it.
struct DelimitedParser {
  /// Where the bytes of a field stand: in the parsed bytes, or in `scratch` when they had to be put together.
  struct Field {
    var range: Range<Int>
    var isInScratch: Bool
  }

  enum Outcome: Equatable {
    /// A record of this many bytes, line break included; its fields are in `fields`.
    case record(length: Int)
    /// A line of nothing but spaces.
    case blank(length: Int)
    /// The record goes on behind the bytes; `openQuote` is where a quote still waits to be closed.
    case incomplete(openQuote: Int?)
  }

  let delimiter: UInt8
  /// Whether quotes enclose fields; otherwise they are characters.
  var heedsQuotes: Bool
  /// Whether the last record has a field in quotes.
  private(set) var hasQuotes = false
  /// Whether something follows the closing quote of one of them.
  private(set) var hasTextBehindQuote = false
  private(set) var fields: [Field] = []
  private(set) var scratch: [UInt8] = []

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 10
  private static let carriageReturn: UInt8 = 13

  init(delimiter: UInt8, heedsQuotes: Bool = true) {
    self.delimiter = delimiter
    self.heedsQuotes = heedsQuotes
  }

  /// Parses the record at the start of `bytes`, which must not be empty.
  ///
  /// - Parameter isComplete: whether the file ends with these bytes, so that the last record needs no line break.
  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>, isComplete: Bool) -> Outcome {
    fields.removeAll(keepingCapacity: true)
    scratch.removeAll(keepingCapacity: true)
    hasQuotes = false
    hasTextBehindQuote = false
    var position = 0
    while true {
      if heedsQuotes, position < bytes.count, bytes[position] == Self.quote {
        switch quotedField(bytes, from: position, isComplete: isComplete) {
        case .end(let end): position = end
        case .openQuote: return .incomplete(openQuote: position)
        case .unclear: return .incomplete(openQuote: nil)
        }
      } else {
        let end = plainEnd(bytes, from: position)
        fields.append(Field(range: position..<end, isInScratch: false))
        position = end
      }
      if position == bytes.count {
        guard isComplete else { return .incomplete(openQuote: nil) }
        return finished(bytes, length: position, breakLength: 0)
      }
      switch bytes[position] {
      case delimiter: position += 1
      case Self.lineFeed: return finished(bytes, length: position + 1, breakLength: 1)
      default:
        // Only a carriage return stops a field otherwise, and only before a line feed or at the end of the file.
        guard position + 1 < bytes.count || isComplete else { return .incomplete(openQuote: nil) }
        let breakLength = min(2, bytes.count - position)
        return finished(bytes, length: position + breakLength, breakLength: breakLength)
      }
    }
  }

  /// Calls `body` with the bytes of a field of the last record.
  func withField<Result>(
    _ index: Int, of bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let field = fields[index]
    if field.isInScratch {
      return try scratch.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[field.range])) }
    }
    return try body(UnsafeBufferPointer(rebasing: bytes[field.range]))
  }

  /// The fields of the last record as strings.
  func strings(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
    fields.indices.map { withField($0, of: bytes) { String(decoding: $0, as: UTF8.self) } }
  }

  private func finished(_ bytes: UnsafeBufferPointer<UInt8>, length: Int, breakLength: Int) -> Outcome {
    let isBlank =
      fields.count == 1 && !fields[0].isInScratch && fields[0].range.lowerBound == 0
      && bytes[0..<length - breakLength].allSatisfy { $0 == UInt8(ascii: " ") }
    return isBlank ? .blank(length: length) : .record(length: length)
  }

  /// Where an unquoted field ends: a delimiter, a line feed, a carriage return that ends a line, or the count.
  private func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == Self.lineFeed { return position }
      if byte == Self.carriageReturn, position + 1 == bytes.count || bytes[position + 1] == Self.lineFeed {
        return position
      }
      position &+= 1
    }
    return position
  }

  private enum QuotedEnd {
    case end(Int)
    case openQuote
    case unclear
  }

  private mutating func quotedField(
    _ bytes: UnsafeBufferPointer<UInt8>, from open: Int, isComplete: Bool
  ) -> QuotedEnd {
    let scratchStart = scratch.count
    var pieceStart = open + 1
    var position = open + 1
    while true {
      let quote = bytes.place(of: Self.quote, from: position)
      guard quote < bytes.count else { return .openQuote }
      if quote + 1 == bytes.count, !isComplete { return .unclear }
      if quote + 1 < bytes.count, bytes[quote + 1] == Self.quote {
        scratch.append(contentsOf: bytes[pieceStart...quote])
        position = quote + 2
        pieceStart = position
        continue
      }
      let tailEnd = plainEnd(bytes, from: quote + 1)
      hasQuotes = true
      if tailEnd > quote + 1 { hasTextBehindQuote = true }
      if scratch.count == scratchStart, tailEnd == quote + 1 {
        fields.append(Field(range: pieceStart..<quote, isInScratch: false))
      } else {
        scratch.append(contentsOf: bytes[pieceStart..<quote])
        scratch.append(contentsOf: bytes[(quote + 1)..<tailEnd])
        fields.append(Field(range: scratchStart..<scratch.count, isInScratch: true))
      }
      return .end(tailEnd)
    }
  }
}
