import Corpora
import Files
import Foundation
import Testing

/// Our ASCII forms beside those of the original's tool, block by block.
///
/// With `SENTIMENT_WRITE_DOCS=1` the comparison is written to `script_docs/transliteration.md`.
@Suite struct TransliterationTests {
  struct Block: Decodable {
    var name: String
    var forms: [String: String]
  }

  struct Difference {
    var scalar: Unicode.Scalar
    var own: String
    var original: String
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  /// The least share of characters of each block that must have the same form; elsewhere forms may differ freely.
  static let required: [String: Double] = [
    "Latin-1 Supplement": 1, "Latin Extended-A": 1, "General Punctuation": 0.8, "Currency Symbols": 0.6,
  ]

  static func blocks() throws -> [Block] {
    try JSONDecoder().decode(
      [Block].self, from: Data(contentsOf: folder.appendingPathComponent("Golden/transliteration.json")))
  }

  private static func clean(_ text: String) -> String {
    String(decoding: CleaningMethod.processString.clean(text), as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  static func differences(_ block: Block) throws -> [Difference] {
    try block.forms.sorted { (UInt32($0.key, radix: 16) ?? 0) < (UInt32($1.key, radix: 16) ?? 0) }.compactMap {
      code, form in
      let scalar = try #require(UInt32(code, radix: 16).flatMap(Unicode.Scalar.init))
      // Within a word, since spaces around it are joined.
      let own = clean("a\(scalar)b")
      return own == clean("a\(form)b")
        ? nil : Difference(scalar: scalar, own: String(own.dropFirst().dropLast()), original: form)
    }
  }

  @Test func formsThatEnglishTextNeedsAreThoseOfTheOriginal() throws {
    for block in try Self.blocks() {
      let differences = try Self.differences(block)
      let share = 1 - Double(differences.count) / Double(block.forms.count)
      #expect(
        share >= Self.required[block.name] ?? 0,
        "\(block.name): \(share), \(differences.prefix(20).map { "\($0.scalar) \($0.own) \($0.original)" })")
    }
  }

  /// Whatever is read, the result of transliteration is ASCII.
  @Test func everyFormIsASCII() throws {
    for block in try Self.blocks() {
      for code in block.forms.keys {
        let scalar = try #require(UInt32(code, radix: 16).flatMap(Unicode.Scalar.init))
        #expect(CleaningMethod.processString.clean("a\(scalar)").allSatisfy { $0 < 0x80 }, "U+\(code)")
      }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["SENTIMENT_WRITE_DOCS"] != nil, "writes a document"))
  func writeDocument() throws {
    var rows = ""
    for block in try Self.blocks() {
      let differences = try Self.differences(block)
      let shown = differences.prefix(8).map { difference in
        "U+\(String(difference.scalar.value, radix: 16, uppercase: true)) \(Self.quoted(difference.own)) for "
          + Self.quoted(difference.original)
      }
      let same = block.forms.count - differences.count
      rows +=
        "| \(block.name) | \(same) of \(block.forms.count) | \(shown.joined(separator: "; "))\(differences.count > 8 ? "; …" : "") |\n"
    }
    let document = """
      # Transliteration

      `process_str` replaces every character outside ASCII by an ASCII form. The published models were trained on text
      prepared with the Python package Unidecode; here the forms come from a table of our own (`TransliterationTable`) and,
      for what it does not have, from the ICU transforms Any-Latin and Latin-ASCII that Foundation brings along. The table
      below compares the two, character by character: how many forms are the same, and the first that differ, ours before
      Unidecode's (1.4.0). Of ideographs and Hangul syllables every 64th was compared.

      Both leave English reviews with the same text but for rare symbols. Text in scripts other than Latin should not be
      transliterated at all: train on it with `--process-fn none`, which keeps every byte.

      | block | same form | ours for Unidecode's |
      |---|---|---|
      \(rows)
      Written by `TransliterationTests` (`SENTIMENT_WRITE_DOCS=1 make test FILTER=TransliterationTests`) from
      `Tests/CorporaTests/Golden/transliteration.json`.

      """
    let file = Self.folder.appendingPathComponent("../../script_docs/transliteration.md")
    try document.write(to: file, atomically: true, encoding: .utf8)
  }

  private static func quoted(_ text: String) -> String {
    text.isEmpty
      ? "nothing" : "`\(text.replacingOccurrences(of: "`", with: "'").replacingOccurrences(of: "|", with: "\\|"))`"
  }
}
