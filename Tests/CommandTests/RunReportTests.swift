import Foundation
import Files
import Testing

@testable import ToolSupport

@Suite struct RunReportTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func valuesKeepTheirOrder() {
    let value: JSONValue = [
      "z": 1, "a": 0.5, "text": "a \"b\"\\\n\t\u{1}é😀", "flag": true, "none": nil, "list": [1, "x", []],
      "object": [:], "nan": .number(.nan), "infinite": .number(-.infinity), "small": 1e-7,
    ]
    #expect(
      value.text == #"""
        {
          "z": 1,
          "a": 0.5,
          "text": "a \"b\"\\\n\t\u0001é😀",
          "flag": true,
          "none": null,
          "list": [
            1,
            "x",
            []
          ],
          "object": {},
          "nan": null,
          "infinite": null,
          "small": 1e-07
        }
        """#)
  }

  @Test func theReportIsJSONWithTimeAndMemory() throws {
    try withFolder { folder in
      let path = folder.appending(path: "report.json").path
      var report = RunReport(command: .pretrain, arguments: ["--lr", "1e-3"])
      report["validation_loss"] = 1.25
      report["perplexity"] = .number(.nan)
      report["validation_loss"] = 1.5
      report["gone"] = 1
      report["gone"] = nil
      try report.finish(writingTo: path)
      let data = try Data(contentsOf: URL(filePath: path))
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object["command"] as? String == "pretrain")
      #expect(object["version"] as? String == "0.1.0")
      #expect(object["arguments"] as? [String] == ["--lr", "1e-3"])
      #expect(object["validation_loss"] as? Double == 1.5)
      #expect(object["perplexity"] is NSNull)
      #expect(object["gone"] == nil)
      #expect(try #require(object["wall_seconds"] as? Double) >= 0)
      #expect(try #require(object["peak_memory_bytes"] as? Int) > 1_000_000)
      let names = report.text.split(separator: "\n").compactMap { line -> Substring? in
        line.hasPrefix("  \"") ? line.split(separator: "\"")[1] : nil
      }
      #expect(
        names == [
          "command", "version", "arguments", "validation_loss", "perplexity", "wall_seconds", "peak_memory_bytes",
        ])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.json"])
    }
  }

  @Test func aMissingFolderIsASentence() throws {
    var report = RunReport(command: .generate, arguments: [])
    let error = #expect(throws: FileError.self) { try report.finish(writingTo: "/nowhere/at/all.json") }
    #expect(error?.description.hasPrefix("cannot write /nowhere/at/all.json: ") == true)
  }

  @Test func withoutAFileNothingIsWritten() throws {
    var report = RunReport(command: .generate, arguments: [])
    try report.finish(writingTo: nil)
    #expect(report["peak_memory_bytes"] != nil)
  }
}
