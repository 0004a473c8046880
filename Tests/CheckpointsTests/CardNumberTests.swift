import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// Whole numbers of a card are checked before anything is computed or allocated from them.
@Suite struct CardNumberTests {
  /// A card with every field, and the text of each of its whole numbers.
  private static let fields = [
    "\"formatVersion\":2", "\"embeddingSize\":4", "\"hiddenSize\":5", "\"layerCount\":1", "\"vocabularySize\":257",
    "\"paddingID\":0", "\"byteOffset\":1", "\"steps\":7", "\"charactersSeen\":99", "\"maximumLength\":12",
    "\"warmupPasses\":2", "\"topNeurons\":[1", "\"vocabularySize\":256", "\"vocabularySize\":257}",
  ]

  private func write(to path: String) throws {
    let model = try smallModel(.gru)
    var described = card(model, classifier: classifier(maximumLength: 12, warmupPasses: 2))
    described.training = ModelCard.TrainingRecord(data: [], steps: 7, charactersSeen: 99, validationLoss: nil)
    described.origin = .init(
      source: .earlyPyTorch, gateOrder: .candidateLast, vocabularySize: 256, lacksDecoder: false)
    try ModelFile.write(model, head: LinearClassifierSample.head(classes: 1, width: 5), card: described, to: path)
  }

  @Test(arguments: fields, [0, -1, 1 << 31, 1 << 40, 1 << 62, Int.max])
  func noNumberEndsTheProgram(field: String, number: Int) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m"
      try write(to: path)
      let digits = field.drop { $0 != "[" && $0 != ":" }.drop { !$0.isNumber }.prefix { $0.isNumber }
      let changed = field.replacingOccurrences(of: String(digits), with: "\(number)")
      var isThere = false
      try rewrite(path) { tensors, metadata in
        isThere = metadata[ModelCard.metadataKey]?.contains(field) == true
        metadata[ModelCard.metadataKey] = metadata[ModelCard.metadataKey]?.replacingOccurrences(
          of: field, with: changed)
        // What the numbers would have to fit to is gone as well.
        if number > 0 { tensors = [] }
      }
      #expect(isThere, "\(field)")
      for read in [
        { _ = try ModelFile.read(path, anyTokenizer: true) }, { _ = try ModelFile.readCard(path) },
        { _ = try CheckpointConversion(layout: .folded).run(from: path, to: folder + "/out/") },
        { _ = try CheckpointConversion().run(from: path, to: folder + "/out.pt") },
        { _ = try CheckpointFile(path: path).content() },
      ] as [() throws -> Void] {
        let found = message(read)
        #expect(found == "no error" || !found.hasSuffix(".") && found.contains(path), "\(found)")
        #expect(found.utf8.count < 2000)
      }
      let range: ClosedRange<Int> = field.contains("steps") || field.contains("Seen") ? 0...1 << 53 : 1...1 << 20
      if !range.contains(number), !field.contains("paddingID"), !(number == 0 && Self.mayBeZero(field)) {
        #expect(message { _ = try ModelFile.readCard(path) } != "no error", "\(changed)")
      }
    }
  }

  private static func mayBeZero(_ field: String) -> Bool {
    ["byteOffset", "maximumLength", "warmupPasses", "topNeurons"].contains { field.contains($0) }
      && !field.contains("maximumLength")
  }

  @Test func theFieldAndItsBoundsAreNamed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m"
      try write(to: path)
      try editCard(path, "\"hiddenSize\":5", "\"hiddenSize\":1099511627776")
      #expect(
        message { _ = try ModelFile.readCard(path) }
          == "cannot use \(path): its card has 1099511627776 as the number of hidden units, which must be between 1 and "
          + "1048576")
    }
  }

  @Test func kindsOfModelsThatAreNotKnown() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m"
      try write(to: path)
      try editCard(path, "\"cell\":\"GRU\"", "\"family\":\"recurrent\",\"cell\":\"GRU\"")
      #expect(try ModelFile.read(path).model.configuration.cell == .gru)
      try editCard(path, "\"family\":\"recurrent\"", "\"family\":\"state space\"")
      #expect(
        message { _ = try ModelFile.readCard(path) }
          == "cannot use \(path): it holds a model of the kind 'state space', and this program knows 'recurrent'")
      try editCard(path, "\"family\":\"state space\",\"cell\":\"GRU\"", "\"cell\":\"QRNN\"")
      #expect(
        message { _ = try ModelFile.readCard(path) }
          == "cannot use \(path): its model card has a value at 'architecture.cell' that this program does not know")
    }
  }

  @Test func layersOfPyTorchFilesAreCountedWithinBounds() {
    #expect(ModelContents.layer(ofPath: "layers.12.hiddenWeight") == 12)
    #expect(KeyMap.recurrentLanguageModel.path(ofKey: "encoder.rnn.rnns.9223372036854775807.w_hh") == nil)
    #expect(KeyMap.originalTransformer.path(ofKey: "decoder.layers.9223372036854775807.fc1.weight") == nil)
  }
}
