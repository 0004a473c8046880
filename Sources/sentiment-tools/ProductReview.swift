import Files
import Corpora
import Foundation

/// One line of a file of Amazon reviews.
struct ProductReview {
  /// Empty when the line has none.
  let text: String
  /// Stars, 1 to 5.
  let overall: Double?

  private struct Fields: Decodable {
    let reviewText: String?
    let overall: Double?
  }

  init(line: ArraySlice<UInt8>, path: String, number: Int, decoder: JSONDecoder) throws {
    guard line.withUnsafeBytes({ String(validating: $0, as: UTF8.self) }) != nil else {
      throw ToolError.notUTF8(path: path, line: number)
    }
    func malformed(_ reason: String) -> ToolError {
      .malformedReview(path: path, line: number, reason: reason)
    }
    do {
      let fields = try decoder.decode(Fields.self, from: Data(line))
      text = fields.reviewText ?? ""
      overall = fields.overall
    } catch DecodingError.typeMismatch(let expected, let context) {
      guard let key = context.codingPath.last?.stringValue else { throw malformed("it is not a JSON object") }
      throw malformed("'\(key)' is not a \(expected == String.self ? "text" : "number")")
    } catch {
      throw malformed("it is not a JSON object")
    }
    if let overall, !(1...5).contains(overall) {
      throw malformed("'overall' is \(overall.formatted()), not between 1 and 5")
    }
  }

  /// FNV-1a over the UTF-8 bytes; 64 bits keep the chance of a collision below 1 in 5,000 for 80 million reviews.
  var textHash: UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  var jsonLine: String {
    let stars = overall.map { ",\"overall\":\($0)" } ?? ""
    return "{\"reviewText\":\(JSONText.quoted(text))\(stars)}\n"
  }
}
