import Corpora
import Files
import Testing

/// Sentences carry a user's text neither with control characters nor at any length.
@Suite struct MessageTests {
  static let hostile = "a\u{1B}[31m\u{202E}\n" + String(repeating: "x", count: 100_000)

  static let errors: [CorpusError] = [
    .missingFile(path: hostile, hint: nil), .noMatch(pattern: hostile), .isFolder(path: hostile),
    .unreadable(path: hostile, reason: "x"), .unknownExtension(path: hostile, fileExtension: hostile),
    .missingColumn(path: hostile, column: hostile, found: Array(repeating: hostile, count: 1000)),
    .missingColumnOfText(path: hostile, column: hostile, found: [hostile, hostile]),
    .missingKey(path: hostile, line: 1, key: hostile, found: [hostile]),
    .invalidLabel(path: hostile, line: 1, column: hostile, value: hostile),
    .unknownClass(path: hostile, line: 1, column: hostile, value: hostile, known: [hostile, hostile]),
    .ambiguousColumn(path: hostile, column: hostile, places: Array(1...1000), isText: true),
    .foreignFile(path: hostile, kind: .zip), .differingLabels([hostile], [hostile]), .mixedLabels(column: hostile),
    .noSuchColumn(path: hostile, number: 1, name: hostile, found: [hostile]), .oneNameForTwo(name: hostile),
  ]

  @Test(arguments: errors.indices) func areShortAndVisible(index: Int) {
    let text = Self.errors[index].description
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
    #expect(text.utf8.count < 4000)
  }

  @Test func noticesToo() {
    let notice = ReadingNotice.plainTextWithHeader(path: Self.hostile, textKey: Self.hostile, columns: [Self.hostile])
    #expect(!notice.description.contains("\u{1B}") && notice.description.utf8.count < 3000)
  }

  @Test func nearestNames() {
    #expect(NearestName.of("lable", among: ["text", "label"]) == "label")
    #expect(NearestName.of("sentence", among: ["Sentence ", "sentences"]) == "Sentence ")
    #expect(NearestName.of("sentence", among: ["text", "id", ""]) == nil)
    #expect(NearestName.of("a", among: ["b"]) == nil)
  }
}
