import Corpora
import Foundation

/// A table of predictions in the format of the texts' file.
struct PredictionTable {
  private var delimited: DelimitedWriter?
  private var json: JSONWriter?
  private let hasIdentifiers: Bool

  /// Starts a table with the columns `keys`, behind `idKey` if there is one: delimited text for delimited or plain input,
  /// JSON for JSON.
  init(idKey: String? = nil, keys: [String], like format: CorpusFormat) throws {
    hasIdentifiers = idKey != nil
    let keys = (idKey.map { [$0] } ?? []) + keys
    switch format {
    case .jsonArray: json = JSONWriter(keys: keys, form: .array)
    case .jsonLines: json = JSONWriter(keys: keys, form: .lines)
    case .delimited(let delimiter): delimited = try DelimitedWriter(delimiter: Character(Unicode.Scalar(delimiter)))
    case .plainText: delimited = try DelimitedWriter()
    }
    delimited?.append(keys)
  }

  mutating func append(_ row: [OutputValue], id: OutputValue? = nil) {
    let row = hasIdentifiers ? [id ?? .null] + row : row
    delimited?.append(row)
    json?.append(row)
  }

  /// What was appended since the last call, in the table's format; the last call is ``finish()``.
  mutating func takeData() -> Data { delimited?.takeData() ?? json?.takeData() ?? Data() }

  mutating func finish() -> Data { delimited?.takeData() ?? json?.finish() ?? Data() }
}

extension OutputValue {
  /// A label as its name, or as a whole number where it is one; empty when unknown.
  static func label(_ value: Float?, names: [String]? = nil) -> OutputValue {
    guard let value, value != -1 else { return .null }
    if let names, value >= 0, value < Float(names.count), value == value.rounded() { return .text(names[Int(value)]) }
    return Int(exactly: value).map(OutputValue.integer) ?? .float(value)
  }
}
