import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Analysis

@Suite struct RereadableTextsTests {
  private let options = ReadingOptions(labelKeys: ["label"], labels: .optional, classes: .numbers)

  private func rows(_ texts: RereadableTexts) throws -> (texts: [String], labels: [[Float]], blocks: Int) {
    var found: (texts: [String], labels: [[Float]], blocks: Int) = ([], [], 0)
    try texts.forEachBlock { block in
      found.texts += (0..<block.texts.count).map(block.texts.string)
      found.labels += block.labels
      found.blocks += 1
    }
    return found
  }

  @Test func blocksHoldAllRowsInOrder() throws {
    try withTemporaryFolder { folder in
      let count = RereadableTexts.blockRows + 3
      let lines = (0..<count).map { "\($0 % 2),row \($0)" }
      try Data((["label,sentence"] + lines).joined(separator: "\n").utf8).write(
        to: URL(fileURLWithPath: folder + "/a.csv"))
      let texts = try RereadableTexts([folder + "/a.csv"], options: options)
      #expect(texts.survey.rows == count)
      let found = try rows(texts)
      #expect(found.blocks == 2 && found.texts == (0..<count).map { "row \($0)" })
      #expect(found.labels == (0..<count).map { [Float($0 % 2)] })
    }
  }

  @Test func aPipeIsReadOnce() throws {
    try withTemporaryFolder { folder in
      let pipe = folder + "/a.csv"
      #expect(mkfifo(pipe, 0o600) == 0)
      Thread.detachNewThread {
        guard let stream = fopen(pipe, "w") else { return }
        fputs("label,sentence\n1,a\n0,b\n", stream)
        fclose(stream)
      }
      let texts = try RereadableTexts([pipe], options: options)
      #expect(texts.survey.rows == 2)
      #expect(try rows(texts).texts == ["a", "b"])
      #expect(try rows(texts).labels == [[1], [0]])
    }
  }

  @Test func filesThatChangeAreNoticed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      try Data("label,sentence\n1,a\n0,b\n".utf8).write(to: URL(fileURLWithPath: path))
      let texts = try RereadableTexts([path], options: options)
      for (change, count) in [("1,a\n", 1), ("1,a\n0,b\n1,c\n", 3)] {
        try Data(("label,sentence\n" + change).utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: AnalysisError.textsChanged(expected: 2, found: count)) { try rows(texts) }
      }
    }
  }
}
