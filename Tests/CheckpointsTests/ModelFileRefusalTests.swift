import Corpora
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ModelFileRefusalTests {
  /// The sentence with which a changed GRU file (V 257, E 4, H 5) is refused, `FILE` standing for its path.
  private func refusal(
    head: Bool = false, _ change: (String) throws -> Void
  ) throws -> String {
    try withTemporaryFolder { folder in
      let model = try smallModel(.gru, normalized: false)
      let path = folder + "/m.safetensors"
      let linear = LinearClassifier(weight: Tensor(zeros: [1, 5]), bias: Tensor(zeros: [1]))
      try ModelFile.write(
        model, head: head ? linear : nil, card: card(model, classifier: head ? classifier() : nil), to: path)
      _ = try ModelFile.read(path)
      try change(path)
      return message { _ = try ModelFile.read(path) }.replacingOccurrences(of: path, with: "FILE")
    }
  }

  @Test func missingTensor() throws {
    let found = try refusal {
      try rewrite($0) { tensors, _ in tensors.removeAll { $0.name == "decoder.weight" } }
    }
    #expect(
      found == """
        FILE does not fit the model: 1 tensor missing
          tensor          model     file
          decoder.weight  [257, 5]  missing
        """)
  }

  @Test func unexpectedTensor() throws {
    let found = try refusal {
      try rewrite($0) { tensors, _ in tensors.append(("extra", .float32(Tensor(zeros: [2, 1])))) }
    }
    #expect(
      found == """
        FILE does not fit the model: 1 tensor unexpected
          tensor  model  file
          extra   none   [2, 1]
        """)
  }

  @Test func wrongShape() throws {
    let found = try refusal {
      try rewrite($0) { tensors, _ in
        let place = tensors.firstIndex { $0.name == "encoder.rnn.rnns.0.w_hh" } ?? 0
        tensors[place].values = .float32(Tensor(zeros: [5, 15]))
      }
    }
    #expect(
      found == """
        FILE does not fit the model: 1 tensor of another shape
          tensor                   model    file
          encoder.rnn.rnns.0.w_hh  [15, 5]  [5, 15]
        """)
  }

  @Test func headOfAnotherWidth() throws {
    let found = try refusal(head: true) {
      try rewrite($0) { tensors, _ in
        let place = tensors.firstIndex { $0.name == "classifier.weight" } ?? 0
        tensors[place].values = .float32(Tensor(zeros: [1, 6]))
      }
    }
    #expect(
      found == """
        FILE does not fit the model: 1 tensor of another shape
          tensor             model   file
          classifier.weight  [1, 5]  [1, 6]
        """)
  }

  @Test func halfOfANormalizedMatrix() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel(.gru)
      let path = folder + "/m"
      try ModelFile.write(model, card: card(model), to: path)
      try rewrite(path) { tensors, _ in tensors.removeAll { $0.name.hasSuffix("w_hh_g") } }
      for normalized in [true, false, nil] {
        let found = message { _ = try ModelFile.read(path, normalized: normalized) }
        #expect(found.contains("1 tensor missing"), "\(found)")
        #expect(found.contains("encoder.rnn.rnns.0.w_hh_g  [15, 1]  missing"), "\(found)")
      }
    }
  }

  @Test func cardLargerThanTheFile() throws {
    #expect(
      try refusal { try editCard($0, "\"hiddenSize\":5", "\"hiddenSize\":50000") }
        == "cannot use FILE: its card describes a larger model than the 2735 numbers it holds")
    #expect(
      try refusal { try editCard($0, "\"layerCount\":1", "\"layerCount\":9000000000000000000") }
        == "cannot use FILE: its card has 9000000000000000000 as the number of layers, which must be between 1 and 1024"
    )
    #expect(
      try refusal { try editCard($0, "\"hiddenSize\":5", "\"hiddenSize\":-5") }.hasPrefix("cannot use FILE: "))
  }

  @Test func laterVersion() throws {
    #expect(
      try refusal { try editCard($0, "\"formatVersion\":2", "\"formatVersion\":3,\"new\":[]") }
        == "cannot use FILE: its model card has version 3, and this program reads up to 2")
  }

  @Test func noCard() throws {
    #expect(
      try refusal { try rewrite($0) { $1 = ["format": "pt"] } }
        == "cannot use FILE: it is a safetensors file without a model card, so not one of this program's models")
    let unreadable = try refusal { try rewrite($0) { $1[ModelCard.metadataKey] = "{" } }
    #expect(unreadable == "cannot use FILE: its model card is not readable")
    #expect(
      try refusal { try rewrite($0) { $1[ModelCard.metadataKey] = "{\"formatVersion\":1}" } }
        == "cannot use FILE: its model card is not complete")
  }

  @Test func cutShort() throws {
    let found = try refusal { path in
      let whole = try bytes(at: path)
      try Data(whole[..<(whole.count - 10)]).write(to: URL(fileURLWithPath: path))
    }
    #expect(found.hasPrefix("FILE is cut short: it has "))
    #expect(message { _ = try ModelFile.read("/nonexistent/m") } == "cannot read /nonexistent/m: there is no such file")
  }

  @Test func impossibleValuesInTheCard() throws {
    func edited(_ old: String, _ new: String) throws -> String {
      try refusal(head: true) { try editCard($0, old, new) }
    }
    #expect(
      try edited("\"kind\":\"characters\"", "\"kind\":\"sentencepiece\"")
        == "cannot use FILE: its tokenizer is 'sentencepiece', and this program reads models of bytes or of SentencePiece"
    )
    #expect(
      try edited("\"byteOffset\":1", "\"byteOffset\":0")
        == "cannot use FILE: its tokenizer is 'characters', and this program reads models of bytes or of SentencePiece")
    let disagreeing = "cannot use FILE: its card names 1 labels and 2 thresholds"
    #expect(try edited("\"thresholds\":[0.5]", "\"thresholds\":[0.5,0.5]") == disagreeing)
    #expect(
      try edited("\"labels\":[\"positive\"]", "\"labels\":[]")
        == "cannot use FILE: its card names 0 labels and 1 thresholds"
    )
    #expect(
      try edited("\"warmupPasses\":0", "\"warmupPasses\":-1")
        == "cannot use FILE: its card has -1 as the number of warm-up passes, which must be between 0 and 1000")
    #expect(
      try edited("\"labels\"", "\"maximumLength\":-3,\"labels\"")
        == "cannot use FILE: its card has -3 as the length of texts, which must be between 1 and 9007199254740992")
    #expect(
      try edited("\"vocabularySize\":257}", "\"vocabularySize\":256}") != "no error")
  }

  /// A vocabulary smaller than the bytes would be read past its end.
  @Test func vocabularySmallerThanTheTokenizer() throws {
    try withTemporaryFolder { folder in
      let model = try LanguageModel(LanguageModelConfiguration(vocabularySize: 5, embeddingSize: 2, hiddenSize: 3))
      try ModelFile.write(model, card: card(model), to: folder + "/m")
      #expect(
        message { _ = try ModelFile.read(folder + "/m") }
          == "cannot use \(folder)/m: its tokenizer has 257 tokens, but its model has 5")
    }
  }

  @Test func tiedWidthsOfTheCardMustAgree() throws {
    #expect(
      try refusal { try editCard($0, "\"isTied\":false", "\"isTied\":true") }
        .hasPrefix("cannot use FILE: a tied decoder needs an embedding as wide as the hidden state"))
    #expect(
      try refusal { try editCard($0, "\"dropout\":0", "\"dropout\":1.5") }
        == "cannot use FILE: dropout must be at least 0 and below 1, not 1.5")
  }
}
