import Checkpoints
import Corpora
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct FeatureCacheTests {
  static func matrix() throws -> FeatureMatrix {
    try FeatureMatrix(rows: 3, columns: 2, values: [1, 2, 3, 4, 5, .leastNonzeroMagnitude])
  }

  @Test func givesBackWhatWasStored() throws {
    try withTemporaryFolder { folder in
      let cache = FeatureCache(folder: folder)
      #expect(cache.features(.train, fingerprint: "f", rows: 3, columns: 2) == nil)
      let expected = try Self.matrix()
      try cache.store(.train, expected, labels: [1, 0, -1], fingerprint: "f")
      #expect(cache.features(.train, fingerprint: "f", rows: 3, columns: 2) == expected)
      #expect(try NumpyFile.read(folder + "/trY.npy").int64Values() == [1, 0, -1])
      #expect(try NumpyFile.read(folder + "/trXt.npy").shape == [3, 2])
    }
  }

  @Test func otherInputsAreNotServed() throws {
    try withTemporaryFolder { folder in
      let cache = FeatureCache(folder: folder)
      try cache.store(.test, try Self.matrix(), labels: [1, 0, 1], fingerprint: "f")
      #expect(cache.features(.test, fingerprint: "g", rows: 3, columns: 2) == nil)
      #expect(cache.features(.train, fingerprint: "f", rows: 3, columns: 2) == nil)
      #expect(cache.features(.test, fingerprint: "f", rows: 2, columns: 3) == nil)
    }
  }

  @Test func damagedFilesCountAsAbsent() throws {
    try withTemporaryFolder { folder in
      let cache = FeatureCache(folder: folder)
      let path = folder + "/vaXt.npy"
      func store() throws -> Data {
        try cache.store(.validation, try Self.matrix(), labels: [1, 0, 1], fingerprint: "f")
        return try Data(contentsOf: URL(fileURLWithPath: path))
      }
      let whole = try store()
      for length in [0, 5, 64, 100, whole.count - 1] {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path))
        #expect(cache.features(.validation, fingerprint: "f", rows: 3, columns: 2) == nil, "\(length) bytes")
      }
      var changed = whole
      changed[changed.count - 7] ^= 1
      try changed.write(to: URL(fileURLWithPath: path))
      #expect(cache.features(.validation, fingerprint: "f", rows: 3, columns: 2) == nil)
      try FileManager.default.removeItem(atPath: path)
      #expect(cache.features(.validation, fingerprint: "f", rows: 3, columns: 2) == nil)
      _ = try store()
      #expect(cache.features(.validation, fingerprint: "f", rows: 3, columns: 2) != nil)
    }
  }

  @Test func enormousLabelsAreStoredAsTheLargestIntegers() throws {
    try withTemporaryFolder { folder in
      let cache = FeatureCache(folder: folder)
      try cache.store(.train, try Self.matrix(), labels: [1e30, -1e30, 0.75], fingerprint: "f")
      #expect(try NumpyFile.read(folder + "/trY.npy").int64Values() == [.max, .min, 0])
    }
  }

  @Test func fingerprintSeesEveryInput() throws {
    func digest(_ body: (inout Fingerprint) -> Void) -> String {
      var fingerprint = Fingerprint()
      body(&fingerprint)
      return fingerprint.text
    }
    let model = try tinyModel()
    let same = digest { $0.add(model) }
    #expect(same.count == 16)
    #expect(digest { $0.add(model) } == same)
    let other = try tinyModel(hidden: 8)
    #expect(digest { $0.add(other) } != same)
    let parameter = try #require(model.parameters.last)
    parameter.variable.value.withUnsafeMutableElements { $0[0] = $0[0].nextUp }
    #expect(digest { $0.add(model) } != same)

    let texts = [["ab", "c"], ["a", "bc"], ["ab", "c", ""], ["c", "ab"], ["abc"], []].map { TextStore($0) }
    #expect(Set(texts.map { texts in digest { $0.add(texts) } }).count == texts.count)
    let words = ["", "a", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "baaaaaaa"]
    #expect(Set(words.map { word in digest { $0.add(word) } }).count == words.count)
  }
}
