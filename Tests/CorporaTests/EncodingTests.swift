import Corpora
import Foundation
import Testing

/// What independent codecs made; written by `Golden/make_formats.py`.
struct GoldenFormats: Decodable {
  var encodings: [[String]]
  var illFormed: [[String]]
  var gzip: [String: String]
  var gzipOfLatin1: String

  static func load() throws -> GoldenFormats {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/formats.json")
    return try JSONDecoder().decode(GoldenFormats.self, from: Data(contentsOf: file))
  }

  static func bytes(_ base64: String) throws -> [UInt8] { [UInt8](try #require(Data(base64Encoded: base64))) }
}

@Suite struct EncodingTests {
  private func read(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> [String] {
    let reader = try RowReader(bytes: bytes, named: "a.csv", options: ReadingOptions(encoding: encoding))
    var texts: [String] = []
    while let row = try reader.next() { texts.append(String(decoding: row.text, as: UTF8.self)) }
    return texts
  }

  @Test func everyEncodingAgreesWithOtherCodecs() throws {
    let golden = try GoldenFormats.load().encodings
    #expect(Set(golden.map { $0[0] }) == Set(TextEncoding.allCases.map(\.rawValue)))
    for example in golden {
      let encoding = try TextEncoding(named: example[0])
      #expect(try read(GoldenFormats.bytes(example[2]), encoding) == [example[1]], "\(encoding)")
    }
  }

  @Test func illFormedBytesAreRefusedBehindTheRowsBeforeThem() throws {
    for example in try GoldenFormats.load().illFormed {
      let encoding = try TextEncoding(named: example[0])
      let reader = try RowReader(
        bytes: GoldenFormats.bytes(example[1]), named: "a.csv", options: ReadingOptions(encoding: encoding))
      #expect(try reader.next()?.text == Array("ok".utf8), "\(encoding)")
      #expect(
        sentence { try reader.next() }
          == "a.csv, line 3: bytes that are not \(encoding.rawValue)")
    }
  }

  @Test func marksAreObeyedAndDropped() throws {
    let table = "sentence\né你\n"
    let little = table.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = table.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try read([0xFF, 0xFE] + little, .utf8) == ["é你"])
    #expect(try read([0xFE, 0xFF] + big, .utf8) == ["é你"])
    #expect(try read([0xFF, 0xFE] + little, .utf16LittleEndian) == ["é你"])
    #expect(try read([0xFE, 0xFF] + big, .utf16BigEndian) == ["é你"])
    #expect(try read([0xFE, 0xFF] + big, .utf16) == ["é你"])
    #expect(try read([0xEF, 0xBB, 0xBF] + Array(table.utf8), .utf8) == ["é你"])
    #expect(try read([0xEF, 0xBB, 0xBF] + Array("sentence\n".utf8) + [0xE9], .latin1) == ["é"])
  }

  @Test func namesInAnyCaseAndSpelling() throws {
    for (name, encoding) in [
      ("UTF8", TextEncoding.utf8), ("Latin-1", .latin1), ("ISO-8859-1", .latin1), ("cp1252", .windows1252),
      ("UTF-16LE", .utf16LittleEndian), ("GBK", .gb18030), ("Shift-JIS", .shiftJIS),
    ] { #expect(try TextEncoding(named: name) == encoding) }
  }

  /// Characters of several bytes must survive the seams between the pieces a file is read in.
  @Test(arguments: [TextEncoding.utf16LittleEndian, .windows1252])
  func longFilesAreConvertedInPieces(encoding: TextEncoding) throws {
    let texts = (0..<40_000).map { "\($0) café €" }
    let text = "sentence\n" + texts.joined(separator: "\n")
    let bytes: [UInt8] =
      encoding == .windows1252
      ? text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
      : text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try read(bytes, encoding) == texts)
  }
}

@Suite struct GzipReadingTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private let optional = ReadingOptions(labelKeys: ["label"], labels: .optional)

  private func packed(_ name: String) throws -> [UInt8] {
    try GoldenFormats.bytes(try #require(try GoldenFormats.load().gzip[name]))
  }

  @Test(arguments: ["a.csv.gz", "a.tsv.gz", "a.json.gz", "a.jsonl.gz", "a.txt.gz", "members.csv.gz", "hidden.csv"])
  func everyFormat(name: String) throws {
    let corpus = try CorpusReader.read(scratch.file(name, bytes: packed(name)), options: optional)
    #expect(corpus.strings == ["good, \"fine\" é", "bad"])
    #expect(corpus.labels == (name == "a.txt.gz" ? [[-1, -1]] : [[1, 0]]))
  }

  @Test func compressedTextMayBeInAnotherEncoding() throws {
    let bytes = try GoldenFormats.bytes(GoldenFormats.load().gzipOfLatin1)
    let path = try scratch.file("a.csv.gz", bytes: bytes)
    #expect(try CorpusReader.read(path, options: ReadingOptions(encoding: .latin1)).strings == ["café"])
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try packed("a.csv.gz")
    for length in 3..<whole.count {
      let error = sentence {
        let reader = try RowReader(bytes: Array(whole.prefix(length)), named: "a.csv.gz", options: optional)
        while try reader.next() != nil {}
      }
      #expect(error == "a.csv.gz is not a whole gzip file: it ends too early", "\(length)")
    }
  }

  @Test func damageIsRefused() throws {
    func error(_ bytes: [UInt8]) -> String {
      sentence {
        let reader = try RowReader(bytes: bytes, named: "a.csv.gz", options: optional)
        while try reader.next() != nil {}
      }
    }
    var bytes = try packed("a.csv.gz")
    bytes[bytes.count - 6] ^= 1
    #expect(error(bytes) == "a.csv.gz is not a whole gzip file: its data are not valid")
    #expect(
      error(try packed("a.csv.gz") + Array("tail".utf8))
        == "a.csv.gz is not a whole gzip file: other bytes follow the compressed ones")
    // A name alone does not make a file compressed.
    #expect(error(Array("label,sentence\n1,a\n".utf8)) == "no error")
  }
}
