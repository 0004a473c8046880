import Checkpoints
import Corpora
import Foundation
import TestSupport
import Testing

@testable import Analysis

@Suite struct LabelDomainTests {
  /// The sentence that ends a transfer on these training labels, before any feature is computed.
  private func refusal(_ labels: [String], map: [String] = []) throws -> String? {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.validation = []
      run.test = []
      run.reading.labelMap = map.isEmpty ? nil : try LabelMap(parsing: map)
      let rows = labels.enumerated().map { "\($1),the plot was \($0 % 2 == 0 ? "bad" : "fine")" }
      try Data((["label,sentence"] + rows).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: run.data[0]))
      do {
        _ = try Transfer(run) { event in
          if case .transforming = event { Issue.record("features were computed") }
        }.run()
        return nil
      } catch let error as AnalysisError {
        return "\(error)"
      }
    }
  }

  @Test(arguments: [
    (["1", "2", "1"], "are 1 (2 rows) and 2 (1 row)", "tells two classes apart, 0 and 1."),
    (["0", "1", "2"], "are 0 (1 row), 1 (1 row) and 2 (1 row)", "two classes apart, 0 and 1."),
    (["1", "2", "3", "4", "5"], "5 (1 row)", "two classes apart"),
    (["0.1", "0.9"], "are 0.1 (1 row) and 0.9 (1 row)", "two classes apart"),
    (["-1", "1"], "are 1 (1 row) and not known (1 row)", "-1 means not known."),
    (["0", "1", "-1"], "1 row of the training data has no known label", "-1 means not known."),
    (["neg", "pos", "Neg"], "3 different names", "tells two apart."),
    (["a", "b", "c"], "3 different names", "tells two apart."),
    (["1e30", "1e30"], "All 2 training labels are about 1e+30", "both classes"),
    (["pos", "pos"], "All 2 training labels are \"pos\"", "both classes"),
    ((0..<20).map { "14678\($0)00369" }, "20 different ones, from \"about ", "two classes apart."),
  ])
  func labelsOfOtherThanTwoClasses(labels: [String], found: String, reason: String) throws {
    let sentence = try #require(try refusal(labels))
    #expect(sentence.contains(found) && sentence.contains(reason), "\(sentence)")
  }

  @Test func mapsMakeThemUsableAndStayInTheClassifier() throws {
    try withTemporaryFolder { folder in
      var run = try ToyCorpus.configuration(folder)
      run.reading.labelMap = try LabelMap(parsing: ["1,2=0", "4,5=1"])
      for path in run.data + run.validation + run.test {
        let rows = (0..<40).map { "\($0 % 5 + 1),the plot was \($0 % 5 < 2 ? "bad" : "fine")" }
        try Data((["label,sentence"] + rows).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
      }
      let result = try Transfer(run).run()
      #expect(result.rowsSkipped == 24 && result.textsTransformed == 96)
      #expect(try ModelFile.readCard(result.classifierPath).classifier?.labelMap == run.reading.labelMap)

      // The classifier scores the same stars in the same way without being told.
      var classify = ClassificationConfiguration()
      classify.load = result.classifierPath
      classify.data = run.test
      classify.probabilitiesPath = folder + "/p.npy"
      let score = try Classification(classify).run().score
      #expect(score.accuracies?.first == result.allNeurons.sweep.scores.test && score.scoredRows == [32])
      // Files that have the classes already are not taken for stars.
      try Data("label,sentence\n0,bad\n1,fine\n".utf8).write(to: URL(fileURLWithPath: run.test[0]))
      let refused = try Classification(classify).run().score
      #expect(
        refused.accuracies == nil
          && refused.refusal == .alreadyClasses("0", map: try #require(run.reading.labelMap?.acceptingClasses)))
      classify.usesRecordedLabelMap = false
      #expect(try Classification(classify).run().score.scoredRows == [2])
    }
  }

  @Test func validationAndTestAreCheckedToo() throws {
    for part in ["validation", "test"] {
      try withTemporaryFolder { folder in
        let run = try ToyCorpus.configuration(folder)
        let path = part == "test" ? run.test[0] : run.validation[0]
        try Data("label,sentence\n0,a\n4,b\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect {
          try Transfer(run).run()
        } throws: {
          "\($0)".hasPrefix("The \(part) labels in \"label\" are 0 (1 row) and 4 (1 row)")
        }
      }
    }
  }

  @Test(arguments: [
    ("0,a\n4,b\n", "are 0 (1 row) and 4 (1 row)"), ("-1,a\n1,b\n", "-1 means not known"),
    ("1e30,a\n1,b\n", "about 1e+30"), ("0.4,a\n1,b\n", "0.4 (1 row)"),
  ])
  func scoringComparesLikeWithLike(rows: String, reason: String) throws {
    try withTemporaryFolder { folder in
      let transfer = try ToyCorpus.configuration(folder)
      var run = ClassificationConfiguration()
      run.load = try Transfer(transfer).run().classifierPath
      run.data = transfer.test
      run.probabilitiesPath = folder + "/p.npy"
      try Data(("label,sentence\n" + rows).utf8).write(to: URL(fileURLWithPath: run.data[0]))
      var planned: LabelRefusal?
      let score = try Classification(run).run(begin: { planned = $0.refusal }).score
      #expect(score.accuracies == nil && score.refusal == planned)
      #expect(planned?.description.contains(reason) == true, "\(planned?.description ?? "none")")
      run.reading.labelMap = try LabelMap(parsing: ["-1,0,0.4=0", "1,4,1e30=1"])
      #expect(try Classification(run).run().score.scoredRows == [2])
    }
  }

  @Test func severalColumnsAreComparedByName() {
    func columns(_ keys: [String], _ classes: [String]) -> [Int]? {
      LabelComparison(classes: classes, classNames: nil, keys: keys, map: nil, isRecorded: false).columns
    }
    #expect(columns(["fear", "joy"], ["joy", "fear"]) == [1, 0])
    #expect(columns(["a", "b"], ["joy", "fear"]) == [0, 1])
    #expect(columns(["joy", "anger"], ["joy", "fear"]) == nil)
    #expect(columns(["sentiment"], ["label"]) == [0])
    #expect(columns(["fear", "joy"], ["label"]) == nil)
  }
}
