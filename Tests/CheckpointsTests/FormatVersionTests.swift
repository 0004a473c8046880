import Formats
import Foundation
import Models
import TestSupport
import Testing

@testable import Checkpoints

/// Files of every format version that was released stay in `Fixtures` and load for good.
@Suite struct FormatVersionTests {
  @Test func languageModelOfVersion1() throws {
    let path = fixtureFolder + "/format_1_language_model.safetensors"
    for normalized in [true, false, nil] {
      let stored = try ModelFile.read(path, normalized: normalized)
      #expect(stored.card.formatVersion == 1)
      #expect(stored.model.configuration.hiddenSize == 3)
      #expect(stored.card.training?.steps == 4)
      #expect(stored.card.origin == nil)
      #expect(stored.model.configuration.usesWeightNormalization == normalized ?? true)
    }
    #expect(try rounded(path) == Self.expected["format_1_language_model"])
  }

  @Test(arguments: ["format_1_classifier", "format_1_classifier_half"]) func classifierOfVersion1(name: String) throws {
    let stored = try ModelFile.read("\(fixtureFolder)/\(name).safetensors")
    #expect(stored.card.formatVersion == 1)
    #expect(stored.card.classifier?.features == FeatureSelection(pools: [.maximum]))
    #expect(stored.head?.featureCount == 6)
    #expect(try rounded("\(fixtureFolder)/\(name).safetensors") == Self.expected[name])
  }

  @Test(arguments: [
    "format_2_language_model.safetensors", "format_2_language_model.pt", "format_2_classifier.safetensors",
  ])
  func importedModelOfVersion2(name: String) throws {
    let stored = try ModelFile.read("\(fixtureFolder)/\(name)", anyTokenizer: true)
    #expect(stored.card.formatVersion == 2)
    #expect(stored.card.origin?.source == .pyTorch)
    if name.contains("classifier") { #expect(stored.card.classifier?.features.skipsLastToken == true) }
    #expect(try rounded("\(fixtureFolder)/\(name)") == Self.expected[name])
  }

  /// Sum of all absolute values to four digits.
  private func rounded(_ path: String) throws -> String {
    let sum = try CheckpointFile(path: path).tensors.reduce(0) { $0 + (try TensorSums(of: $1.values)).absoluteSum }
    return String(format: "%.4g", sum)
  }

  /// As NumPy sums the arrays of the files.
  private static let expected = [
    "format_1_language_model": "673.6", "format_1_classifier": "658.5", "format_1_classifier_half": "658.5",
    "format_2_language_model.safetensors": "57.68", "format_2_language_model.pt": "57.68",
    "format_2_classifier.safetensors": "44.7",
  ]
}
