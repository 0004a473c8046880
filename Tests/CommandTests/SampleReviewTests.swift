import Foundation
import Testing

@Suite struct SampleReviewTests {
  private static let names = ["train.csv", "val.csv", "test.csv", "unsup.csv"]
  private static let folder = ImportTool.packageRoot.appendingPathComponent("data/reviews")

  private func committed(_ name: String) throws -> [Substring] {
    let text = String(decoding: try Data(contentsOf: Self.folder.appendingPathComponent(name)), as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { $0 }
  }

  @Test func committedFilesFollowFromTheSeed() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    let outcome = try tool.run("make-sample-data", "--output", "again")
    #expect(outcome.status == 0)
    for name in Self.names {
      let written = try Data(contentsOf: tool.folder.appendingPathComponent("again/\(name)"))
      let committed = try Data(contentsOf: Self.folder.appendingPathComponent(name))
      #expect(written == committed, "data/reviews/\(name) is not what the generator writes")
    }
    let otherOutcome = try tool.run("make-sample-data", "--output", "other", "--seed", "7")
    #expect(otherOutcome.status == 0)
    let (other, again) = try (tool.read("other/test.csv"), tool.read("again/test.csv"))
    #expect(other != again)
  }

  @Test func labelsAreBalanced() throws {
    for (name, count) in [("train.csv", 4000), ("val.csv", 800), ("test.csv", 800)] {
      let rows = try committed(name)
      #expect(rows.count == count)
      #expect(rows.filter { $0.hasPrefix("1,") }.count == count / 2)
      #expect(rows.filter { $0.hasPrefix("0,") }.count == count / 2)
    }
    #expect(try committed("unsup.csv").count == 11000)
  }

  @Test func noSentenceIsInTwoFiles() throws {
    let sentences = try ["train.csv", "val.csv", "test.csv"].flatMap { name in
      try committed(name).map { $0.dropFirst(2).replacing("\"", with: "") as Substring }
    }
    #expect(Set(sentences).count == 5600)
    let reviews = try committed("unsup.csv").map { $0.replacing("\"", with: "") }
    #expect(Set(reviews).count == reviews.count)
    let known = Set(sentences)
    for review in reviews {
      let parts = review.replacing(" :)", with: "").replacing(" :(", with: "").replacing(". ", with: ".\n").replacing(
        "! ", with: "!\n"
      ).split(separator: "\n")
      #expect(known.isDisjoint(with: parts))
    }
  }

  /// Were the words decisive, a count of them would tell the label; here each is said of good and bad things alike.
  @Test func wordsOfSentimentServeBothLabels() throws {
    let rows = try committed("train.csv")
    for word in ["wonderful", "superb", "delightful", "excellent", "dreadful", "awful", "terrible", "miserable"] {
      let holders = rows.filter { $0.contains(word) }
      let positives = holders.filter { $0.hasPrefix("1,") }
      #expect(holders.count > 150)
      #expect((0.3...0.7).contains(Double(positives.count) / Double(holders.count)), "\(word)")
    }
  }
}
