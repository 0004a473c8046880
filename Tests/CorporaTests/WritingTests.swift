import Corpora
import Foundation
import Testing

@Suite struct WritingTests {
  private let row: [OutputValue] = [
    .text("a, \"b\"\nc"), .bytes([0x63, 0xC3, 0xA9]), 3, .float(0.1), .real(1e-7), .boolean(true), .null, .float(.nan),
    .float(2),
  ]

  @Test func delimitedTextQuotesOnlyWhereNeeded() throws {
    var writer = try DelimitedWriter()
    writer.append(["label", "sentence"])
    writer.append(row)
    #expect(
      String(decoding: writer.takeData(), as: UTF8.self) == "label,sentence\n\"a, \"\"b\"\"\nc\",cé,3,0.1,1e-07,1,,,2\n"
    )
    #expect(writer.takeData().isEmpty)
    var tabs = try DelimitedWriter(delimiter: "\t")
    tabs.append(["a, b", "c\td", "e\rf"])
    tabs.append([""])
    tabs.append([" "])
    #expect(String(decoding: tabs.takeData(), as: UTF8.self) == "a, b\t\"c\td\"\t\"e\rf\"\n\"\"\n\" \"\n")
    #expect(throws: CorpusError.invalidDelimiter("é")) { try DelimitedWriter(delimiter: "é") }
  }

  @Test func jsonArraysAndLines() {
    var array = JSONWriter(keys: ["a\"", "b"], form: .array)
    array.append(["x\u{1}\\\t", .float(.infinity)])
    array.append([.boolean(false), .bytes([0xFF])])
    #expect(
      String(decoding: array.finish(), as: UTF8.self)
        == "[{\"a\\\"\":\"x\\u0001\\\\\\t\",\"b\":null},{\"a\\\"\":false,\"b\":\"\u{FFFD}\"}]\n")
    var lines = JSONWriter(keys: ["a"], form: .lines)
    lines.append([1.5])
    #expect(String(decoding: lines.takeData(), as: UTF8.self) == "{\"a\":1.5}\n")
    lines.append([-2])
    #expect(String(decoding: lines.finish(), as: UTF8.self) == "{\"a\":-2}\n")
    var empty = JSONWriter(keys: ["a"], form: .array)
    #expect(String(decoding: empty.finish(), as: UTF8.self) == "[]\n")
  }
}
