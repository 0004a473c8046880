import Foundation

/// Rows of fields as delimited text: quotes only where they are needed, lines ended by a line feed.
public struct DelimitedWriter: Sendable {
  /// The byte between fields.
  public let delimiter: UInt8
  private var bytes: [UInt8] = []

  /// A writer without rows.
  ///
  /// - Throws: `CorpusError.invalidDelimiter` for anything but an ASCII character that is no quote or line break.
  public init(delimiter: Character = ",") throws(CorpusError) {
    guard let byte = delimiter.asciiValue, byte != UInt8(ascii: "\""), byte != 10, byte != 13 else {
      throw .invalidDelimiter(String(delimiter))
    }
    self.delimiter = byte
  }

  /// Appends a row.
  public mutating func append(_ row: [OutputValue]) {
    for (index, value) in row.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      append(value, isAlone: row.count == 1)
    }
    bytes.append(10)
  }

  /// Appends a row of texts, such as a header.
  public mutating func append(_ row: [String]) { append(row.map(OutputValue.text)) }

  /// The rows since the last call, which are then forgotten: a long table can be written in pieces.
  public mutating func takeData() -> Data {
    defer { bytes.removeAll(keepingCapacity: true) }
    return Data(bytes)
  }

  private mutating func append(_ value: OutputValue, isAlone: Bool) {
    switch value {
    case .text(let text): append(field: text.utf8, isAlone: isAlone)
    case .bytes(let text): append(field: text, isAlone: isAlone)
    case .boolean(let isTrue): bytes.append(UInt8(ascii: isTrue ? "1" : "0"))
    case .integer, .float, .real, .null: append(field: (value.number ?? "").utf8, isAlone: isAlone)
    }
  }

  private mutating func append(field: some Collection<UInt8>, isAlone: Bool) {
    let quote = UInt8(ascii: "\"")
    // A row that is one empty or blank field would be taken for a blank line.
    let looksBlank = isAlone && field.allSatisfy { $0 == 0x20 }
    let needsQuotes = looksBlank || field.contains { $0 == delimiter || $0 == quote || $0 == 10 || $0 == 13 }
    guard needsQuotes else {
      bytes.append(contentsOf: field)
      return
    }
    bytes.append(quote)
    for byte in field {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
